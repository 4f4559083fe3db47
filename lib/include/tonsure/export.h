/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks what the shared library shows. */
#ifndef TONSURE_EXPORT_H
#define TONSURE_EXPORT_H

#ifdef __cplusplus
#define TNS_BEGIN_DECLS extern "C" {
#define TNS_END_DECLS }
#else
#define TNS_BEGIN_DECLS
#define TNS_END_DECLS
#endif

#if defined(__GNUC__)
#define TNS_API __attribute__((visibility("default")))
#define TNS_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define TNS_API
#define TNS_PRINTF(text, first)
#endif

#endif
