/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "photo/decode/directory.h"
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
    {4, 7, "ftypcrx", TNS_FILE_RAW, "camera raw (CR3)"},
    {4, 7, "ftypavi", TNS_FILE_OTHER, "AVIF"},
    {4, 7, "ftyphei", TNS_FILE_HEIC, "HEIC"},
    {4, 8, "ftypmif1", TNS_FILE_HEIC, "HEIF"},
    {4, 7, "ftyphev", TNS_FILE_OTHER, "a HEIC sequence"},
    {4, 8, "ftypmsf1", TNS_FILE_OTHER, "a HEIF sequence"},
    {4, 4, "ftyp", TNS_FILE_OTHER, "video or ISO media"},
    {8, 2, "CR", TNS_FILE_RAW, "camera raw (CR2)"},
    {0, 4, "II*\0", TNS_FILE_TIFF, "TIFF"},
    {0, 4, "MM\0*", TNS_FILE_TIFF, "TIFF"},
    {0, 4, "II+\0", TNS_FILE_TIFF, "TIFF"},
    {0, 4, "MM\0+", TNS_FILE_TIFF, "TIFF"},
    {0, 8, "FUJIFILM", TNS_FILE_RAW, "camera raw (RAF)"},
    {0, 4, "IIRO", TNS_FILE_RAW, "camera raw (ORF)"},
    {0, 4, "IIRS", TNS_FILE_RAW, "camera raw (ORF)"},
    {0, 4, "MMOR", TNS_FILE_RAW, "camera raw (ORF)"},
    {0, 4, "IIU\0", TNS_FILE_RAW, "camera raw (RW2)"},
    {0, 4, "\0MRM", TNS_FILE_RAW, "camera raw (MRW)"},
    {0, 4, "FOVb", TNS_FILE_RAW, "camera raw (X3F)"},
    {6, 8, "HEAPCCDR", TNS_FILE_RAW, "camera raw (CRW)"},
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

/* Tags of TIFF 6.0 (PhotometricInterpretation, Compression, SubIFDs) and of the DNG specification.
 */
enum { COMPRESSION = 259, PHOTOMETRIC = 262, SUB_DIRECTORIES = 330, DNG_VERSION = 50706 };

/* Directories of one file that are looked into, and of each the ones below it. */
enum { DIRECTORIES_MAX = 8 };

static bool is_one_of(uint32_t value, const uint32_t *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == value)
            return true;
    return false;
}

/* What a sensor's color filter leaves, or a compression that only one maker's cameras write. */
static bool is_of_sensor(const tns_tiff_bytes *tiff, uint32_t directory)
{
    static const uint32_t photometric[] = {32803 /* CFA */, 34892 /* LinearRaw */};
    static const uint32_t compression[] = {32767 /* Sony ARW */, 34713 /* Nikon NEF */,
                                           65535 /* Pentax PEF */, 65000 /* Kodak */,
                                           32769 /* Epson ERF, packed */};
    uint32_t value;
    return (tns_tiff_number(tiff, directory, PHOTOMETRIC, 0, &value) &&
            is_one_of(value, photometric, 2)) ||
           (tns_tiff_number(tiff, directory, COMPRESSION, 0, &value) &&
            is_one_of(value, compression, 5));
}

static bool is_raw_below(const tns_tiff_bytes *tiff, uint32_t directory)
{
    uint32_t value;
    if (tns_tiff_number(tiff, directory, DNG_VERSION, 0, &value) || is_of_sensor(tiff, directory))
        return true;
    for (uint32_t i = 0; i < DIRECTORIES_MAX; i++)
        if (tns_tiff_number(tiff, directory, SUB_DIRECTORIES, i, &value) &&
            is_of_sensor(tiff, value))
            return true;
    return false;
}

/* Most makers' raw files are TIFF files of a kind, with a small picture first and the sensor's
 * below. */
static bool is_raw(const unsigned char *bytes, size_t length)
{
    tns_tiff_bytes tiff;
    if (!tns_tiff_open(bytes, length, &tiff))
        return false;
    uint32_t directory = tiff.first;
    for (int i = 0; i < DIRECTORIES_MAX && directory != 0; i++) {
        if (is_raw_below(&tiff, directory))
            return true;
        directory = tns_tiff_next(&tiff, directory);
    }
    return false;
}

tns_file_kind tns_file_sniff(const unsigned char *bytes, size_t length, const char **word)
{
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        const signature *s = &signatures[i];
        if (length < s->offset + s->length || memcmp(bytes + s->offset, s->bytes, s->length) != 0 ||
            !has_head(s, bytes))
            continue;
        bool raw = s->kind == TNS_FILE_TIFF && is_raw(bytes, length);
        *word = raw ? "camera raw" : s->word;
        return raw ? TNS_FILE_RAW : s->kind;
    }
    *word = "";
    return TNS_FILE_UNKNOWN;
}
