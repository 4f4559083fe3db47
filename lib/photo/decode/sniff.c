/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "photo/decode/pixels.h"

typedef struct signature {
    size_t offset, length;
    const char *bytes;
    tns_file_kind kind;
    const char *word;
} signature;

/* The first that fits counts: the special before the general. */
static const signature signatures[] = {
    {0, 3, "\xFF\xD8\xFF", TNS_FILE_JPEG, "JPEG"},
    {0, 8, "\x89PNG\r\n\x1A\n", TNS_FILE_PNG, "PNG"},
    {4, 7, "ftypcrx", TNS_FILE_OTHER, "camera raw (CR3)"},
    {4, 8, "ftypavif", TNS_FILE_OTHER, "AVIF"},
    {4, 7, "ftyphei", TNS_FILE_OTHER, "HEIC"},
    {4, 7, "ftyphev", TNS_FILE_OTHER, "HEIC"},
    {4, 8, "ftypmif1", TNS_FILE_OTHER, "HEIF"},
    {4, 8, "ftypmsf1", TNS_FILE_OTHER, "HEIF"},
    {4, 4, "ftyp", TNS_FILE_OTHER, "video or ISO media"},
    {8, 2, "CR", TNS_FILE_OTHER, "camera raw (CR2)"},
    {0, 4, "II*\0", TNS_FILE_OTHER, "TIFF or camera raw"},
    {0, 4, "MM\0*", TNS_FILE_OTHER, "TIFF or camera raw"},
    {0, 4, "II+\0", TNS_FILE_OTHER, "TIFF"},
    {0, 4, "MM\0+", TNS_FILE_OTHER, "TIFF"},
    {0, 8, "FUJIFILM", TNS_FILE_OTHER, "camera raw (RAF)"},
    {0, 3, "IIR", TNS_FILE_OTHER, "camera raw (ORF)"},
    {0, 4, "IIU\0", TNS_FILE_OTHER, "camera raw (RW2)"},
    {0, 4, "GIF8", TNS_FILE_OTHER, "GIF"},
    {6, 4, "\0\0\0\0", TNS_FILE_OTHER, "BMP"}, /* its reserved bytes; "BM" alone opens texts too */
    {8, 4, "WEBP", TNS_FILE_OTHER, "WebP"},
    {4, 8, "JXL \r\n\x87\n", TNS_FILE_OTHER, "JPEG XL"},
    {0, 2, "\xFF\x0A", TNS_FILE_OTHER, "JPEG XL"},
    {4, 4, "jP  ", TNS_FILE_OTHER, "JPEG 2000"},
    {0, 4, "8BPS", TNS_FILE_OTHER, "Photoshop"},
    {0, 5, "%PDF-", TNS_FILE_OTHER, "PDF"},
};

/* Two signatures stand inside the file and need the head in front of them as well. */
static bool has_head(const signature *s, const unsigned char *bytes)
{
    if (strcmp(s->word, "camera raw (CR2)") == 0)
        return memcmp(bytes, "II*\0", 4) == 0;
    if (strcmp(s->word, "BMP") == 0)
        return memcmp(bytes, "BM", 2) == 0;
    return true;
}

tns_file_kind tns_file_sniff(const unsigned char *bytes, size_t length, const char **word)
{
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        const signature *s = &signatures[i];
        if (length < s->offset + s->length || memcmp(bytes + s->offset, s->bytes, s->length) != 0 ||
            !has_head(s, bytes))
            continue;
        *word = s->word;
        return s->kind;
    }
    *word = "";
    return TNS_FILE_UNKNOWN;
}
