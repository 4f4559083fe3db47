# SPDX-License-Identifier: GPL-3.0-or-later
"""Where and by whom a photo was taken stands in the photo, and nowhere else afterwards."""
import base64
import re
import struct

import support

# What a phone writes: its place in EXIF, its serial number in the maker's note, both in XMP.
PLACE, OWNER, SERIAL, XMP = b"48.137154N", b"Erika Mustermann", b"SN-77Q41-0093", b"xmp-48.137154"


def exif():
    """IFD0 with Artist and two directories: of EXIF, with a maker's note, and of GPS."""
    def entry(tag, kind, count, value):
        return struct.pack("<HHII", tag, kind, count, value)
    ifd0, sub, gps = 8, 8 + 2 + 3 * 12 + 4, 8 + 2 + 3 * 12 + 4 + 2 + 2 * 12 + 4
    tail = gps + 2 + 3 * 12 + 4
    texts = OWNER + b"\0" + SERIAL + b"\0" + PLACE + b"\0"
    at = [tail, tail + len(OWNER) + 1, tail + len(OWNER) + len(SERIAL) + 2]
    rational = tail + len(texts)
    return (b"Exif\0\0II*\0" + struct.pack("<I", ifd0) +
            struct.pack("<H", 3) + entry(0x013B, 2, len(OWNER) + 1, at[0]) +
            entry(0x8769, 4, 1, sub) + entry(0x8825, 4, 1, gps) + bytes(4) +
            struct.pack("<H", 2) + entry(0x927C, 7, len(SERIAL) + 1, at[1]) +
            entry(0xA001, 3, 1, 1) + bytes(4) +
            struct.pack("<H", 3) + entry(1, 2, 2, ord("N")) + entry(2, 5, 3, rational) +
            entry(0x1D, 2, len(PLACE) + 1, at[2]) + bytes(4) +
            texts + struct.pack("<6I", 48, 1, 8, 1, 13754, 1000))


def segment(marker, body):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


class Whereabouts(support.Case):
    def test_nothing_of_the_photos_place_or_owner_leaves_it(self):
        photo = support.SAMPLE.read_bytes()
        tagged = (photo[:2] + segment(0xE1, exif()) +
                  segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP) +
                  segment(0xFE, b"comment " + PLACE) + photo[2:])
        for secret in (PLACE, OWNER, SERIAL, XMP):
            self.assertIn(secret, tagged)
        self.file("tagged.jpg", tagged)
        said = self.ok("photo", "tagged.jpg", "--corners", support.sample_corners(), "--region",
                       support.sample_region("skin"), "-o", "out", "--report", "report.html")
        said += self.ok("--json", "photo", "tagged.jpg", "--corners", support.sample_corners(),
                        "--region", support.sample_region("skin"))
        self.assertNotIn("no color profile", said)  # its EXIF was read: ColorSpace says sRGB
        written = [said.encode()]
        for path in self.work.rglob("*"):
            if path.is_file() and path.name != "tagged.jpg":
                written.append(path.read_bytes())
        pictures = re.findall(rb"base64,([A-Za-z0-9+/=]+)", b"".join(written))
        self.assertGreater(len(written), 2)
        self.assertTrue(pictures)
        written += [base64.b64decode(picture) for picture in pictures]
        for content in written:
            for secret in (PLACE, OWNER, SERIAL, XMP, b"Exif", struct.pack("<I", 13754)):
                self.assertNotIn(secret, content)


if __name__ == "__main__":
    support.main()
