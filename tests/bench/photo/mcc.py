# SPDX-License-Identifier: GPL-3.0-or-later
"""OpenCV's chart finder on a list of pictures.

Reads paths from standard input, a line each; answers "seconds decode-seconds accepted x1 y1 .. x4 y4"
a line, seconds of one core, the corners being the centres of the corner patches in chart order. OpenCV says where the
chart's frame is: its model of 24 patches is 16.75 x 11.25 units, patches 2.75 units apart, the first
patch's centre 1.5 units from the frame.
"""
import sys
import time

import cv2
import numpy

PLACES = numpy.array([[1.5, 1.5], [15.25, 1.5], [15.25, 9.75], [1.5, 9.75]], numpy.float32)
FRAME = numpy.array([[0, 0], [16.75, 0], [16.75, 11.25], [0, 11.25]], numpy.float32)


def corners(box):
    to_picture = cv2.getPerspectiveTransform(FRAME, numpy.array(box, numpy.float32))
    return cv2.perspectiveTransform(PLACES[None], to_picture)[0]


def main():
    cv2.setNumThreads(1)
    for line in sys.stdin:
        started = time.process_time()
        picture = cv2.imread(line.strip())
        decoded = time.process_time()
        finder = cv2.mcc.CCheckerDetector_create()
        found = finder.process(picture, cv2.mcc.MCC24, 1)
        chart = finder.getBestColorChecker() if found else None
        taken = time.process_time() - started
        places = corners(chart.getBox()).ravel() if chart is not None else [0] * 8
        numbers = " ".join("%.3f" % v for v in places)
        print("%.4f %.4f %d %s" % (taken, decoded - started, chart is not None, numbers), flush=True)


main()
