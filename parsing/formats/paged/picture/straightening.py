"""Pictures of paper made straight."""

from __future__ import annotations

from typing import Any

SHARE = 0.2  # of the picture: a table that covers less is not used to straighten it
BENT = 4.0  # pixels: a table whose corners lie no further off is straight enough


def straight(image: Any) -> tuple[Any, Any]:
    """The picture with its largest table made rectangular, against tilt and perspective, and the matrix
    that leads back."""
    import cv2
    import numpy as np

    quad = _corners(image)
    if quad is None:
        return image, np.eye(3)
    tl, tr, br, bl = quad
    wide = (np.linalg.norm(tr - tl) + np.linalg.norm(br - bl)) / 2
    high = (np.linalg.norm(bl - tl) + np.linalg.norm(br - tr)) / 2
    x, y = quad.mean(0) - (wide / 2, high / 2)
    goal = np.array([[x, y], [x + wide, y], [x + wide, y + high], [x, y + high]], "float32")
    if np.abs(goal - quad).max() <= BENT:
        return image, np.eye(3)
    matrix = cv2.getPerspectiveTransform(quad, goal)
    size = image.shape[1], image.shape[0]
    flat = cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return flat, np.linalg.inv(matrix)


def _corners(image: Any) -> Any:
    """The four corners of the largest table, clockwise from the top left; None without one."""
    import cv2
    import numpy as np

    gray = cv2.GaussianBlur(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), (3, 3), 0)
    ink = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 10)
    length = max(15, max(gray.shape) // 90)  # short, since tilted lines are stairs
    flat = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    net = cv2.dilate(cv2.bitwise_or(flat, upright), np.ones((5, 5), np.uint8))
    outlines, _ = cv2.findContours(net, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    hull = cv2.convexHull(max(outlines, key=cv2.contourArea))
    if cv2.contourArea(hull) < SHARE * gray.size:
        return None
    for share in np.linspace(0.005, 0.08, 30):
        corners = cv2.approxPolyDP(hull, share * cv2.arcLength(hull, True), True)
        if len(corners) <= 4:
            break
    if len(corners) != 4:
        return None
    points = corners[:, 0, :].astype("float32")
    total, gap = points.sum(1), points[:, 1] - points[:, 0]
    order = [total.argmin(), gap.argmin(), total.argmax(), gap.argmax()]
    return points[order] if len(set(order)) == 4 else None


def turned(image: Any, quarters: int, back: Any) -> tuple[Any, Any]:
    """The picture turned clockwise by quarters, and the matrix that leads back from there."""
    import numpy as np

    high, wide = image.shape[:2]
    undo = {1: [[0, 1, 0], [-1, 0, high], [0, 0, 1]], 2: [[-1, 0, wide], [0, -1, high], [0, 0, 1]]}[quarters]
    return np.ascontiguousarray(np.rot90(image, -quarters)), back @ np.array(undo, float)


def in_points(back: Any, point: float) -> tuple[float, ...] | None:
    """The matrix for points where it was one for pixels; None when it changes nothing."""
    import numpy as np

    if np.allclose(back, np.eye(3)):
        return None
    scale = np.diag([point, point, 1.0])
    return tuple((scale @ back @ np.linalg.inv(scale)).ravel().tolist())
