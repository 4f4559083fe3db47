/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything libtonsure offers; TNS_WITHOUT_PHOTO is defined by a build that reads no photos,
   TNS_WITHOUT_STORE by one that keeps no shelf. */
#ifndef TONSURE_TONSURE_H
#define TONSURE_TONSURE_H

#include <tonsure/adaptation.h>
#include <tonsure/appraise.h>
#include <tonsure/bookings.h>
#include <tonsure/characterise.h>
#include <tonsure/colorimetry.h>
#include <tonsure/context.h>
#include <tonsure/correct.h>
#include <tonsure/day.h>
#include <tonsure/demand.h>
#include <tonsure/device_records.h>
#include <tonsure/difference.h>
#include <tonsure/documents.h>
#include <tonsure/dots.h>
#include <tonsure/driver.h>
#include <tonsure/error.h>
#include <tonsure/estimate.h>
#include <tonsure/exchange.h>
#include <tonsure/file.h>
#include <tonsure/followup.h>
#include <tonsure/gamut.h>
#include <tonsure/healed.h>
#include <tonsure/instrument.h>
#include <tonsure/intermittent.h>
#include <tonsure/kubelka_munk.h>
#include <tonsure/ladder.h>
#include <tonsure/learn.h>
#include <tonsure/match.h>
#include <tonsure/matcher.h>
#include <tonsure/mie.h>
#include <tonsure/palette.h>
#include <tonsure/palette_records.h>
#include <tonsure/palettes.h>
#include <tonsure/plan.h>
#include <tonsure/port.h>
#include <tonsure/reading.h>
#include <tonsure/records.h>
#include <tonsure/reorder.h>
#include <tonsure/report.h>
#include <tonsure/saunderson.h>
#include <tonsure/service.h>
#include <tonsure/skin.h>
#include <tonsure/skin_records.h>
#include <tonsure/skintone.h>
#include <tonsure/spectrum.h>
#include <tonsure/surface.h>
#include <tonsure/version.h>
#include <tonsure/warnings.h>
#include <tonsure/zone.h>
#ifndef TNS_WITHOUT_STORE
#include <tonsure/client.h>
#include <tonsure/clinic.h>
#include <tonsure/clinic_records.h>
#include <tonsure/course.h>
#include <tonsure/course_records.h>
#include <tonsure/gs1.h>
#include <tonsure/month.h>
#include <tonsure/order.h>
#include <tonsure/paper_record.h>
#include <tonsure/papers.h>
#include <tonsure/plan_records.h>
#include <tonsure/planner.h>
#include <tonsure/pot.h>
#include <tonsure/products.h>
#include <tonsure/shelf.h>
#include <tonsure/stock.h>
#include <tonsure/stock_records.h>
#include <tonsure/usage.h>
#include <tonsure/visit.h>
#endif
#ifndef TNS_WITHOUT_PHOTO
#include <tonsure/card.h>
#include <tonsure/chart.h>
#include <tonsure/follicles.h>
#include <tonsure/holder.h>
#include <tonsure/image.h>
#include <tonsure/photo.h>
#include <tonsure/photo_records.h>
#include <tonsure/print.h>
#endif

#endif
