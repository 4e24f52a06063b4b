"""The functions of pdfium that are asked once for each character, or for each piece of a line.

Through declared types, ctypes looks at every argument and lets other threads in and out of the
interpreter: three times the work of the call itself. Here it does neither. Whoever calls must see to the
types himself: handles as pdfium gave them, places to write to through ``byref``.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as c


def _bare(function: Any) -> Any:
    return ctypes.cast(function, ctypes.PYFUNCTYPE(function.restype))


char_unicode = _bare(c.FPDFText_GetUnicode)
char_box = _bare(c.FPDFText_GetCharBox)
char_origin = _bare(c.FPDFText_GetCharOrigin)

page_object = _bare(c.FPDFPage_GetObject)
form_object = _bare(c.FPDFFormObj_GetObject)
object_type = _bare(c.FPDFPageObj_GetType)
object_matrix = _bare(c.FPDFPageObj_GetMatrix)

path_mode = _bare(c.FPDFPath_GetDrawMode)
path_count = _bare(c.FPDFPath_CountSegments)
path_segment = _bare(c.FPDFPath_GetPathSegment)
segment_point = _bare(c.FPDFPathSegment_GetPoint)
segment_type = _bare(c.FPDFPathSegment_GetType)
segment_closes = _bare(c.FPDFPathSegment_GetClose)
