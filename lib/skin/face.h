/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SKIN_FACE_H
#define SKIN_FACE_H

#include <tonsure/skin.h>

/*
 * Two fluxes take light to be as even in direction at the open face of a scattering medium as it is
 * within; of what comes in there more turns back soon. Milne's problem has the answer: flux falls
 * to zero .7104 mean free paths beyond the face (Chandrasekhar, Radiative Transfer, 1950), and in
 * two fluxes 2/3 of one. So each open face is 3/4 (.7104 - .6667) = .0328 of S X more.
 */
#define TNS_FACE_SX 0.0328

/* A clear layer of so much scattering, and nothing else. */
tns_layer tns_face(double SX);

/*
 * The skin's own. Where the epidermis absorbs, fewer turn back: by the root of its albedo,
 * S / .75 over that and K / 2, which was found by following photons.
 */
tns_layer tns_skin_face(const tns_skin *skin, int band);

#endif
