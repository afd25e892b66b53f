"""The shape of each rating, as templates/claims/_rating.html draws it in 20 units a side."""

from PIL import Image, ImageDraw

UNITS, FINER = 20, 8  # each pixel is drawn as 8 × 8, then made one: smooth edges
RING = 8.2


def shape(value: str, pixels: int) -> Image.Image:
    """A mask of that many pixels a side: 255 where the colour goes."""
    side = pixels * FINER
    pen = _Pen(Image.new("L", (side, side), 0), side / UNITS)
    SHAPES.get(value, _other)(pen)
    return pen.image.resize((pixels, pixels), Image.Resampling.LANCZOS)


class _Pen:
    """Draws in units: ``on`` the shape, or ``cut`` out of it."""

    def __init__(self, image: Image.Image, scale: float):
        self.image, self.scale, self.draw = image, scale, ImageDraw.Draw(image)

    def _scaled(self, *points):
        return [(x * self.scale, y * self.scale) for x, y in points]

    def _box(self, x: float, y: float, radius: float):
        return self._scaled((x - radius, y - radius), (x + radius, y + radius))

    def disc(self, x: float, y: float, radius: float, fill: int = 255):
        self.draw.ellipse(self._box(x, y, radius), fill=fill)

    def ring(self):
        """Stroked on both sides of its line."""
        self.arc(10, 10, RING, 0, 360)

    def arc(self, x: float, y: float, radius: float, start: float, end: float):
        half = 1.7 / 2
        box, width = self._box(x, y, radius + half), round(1.7 * self.scale)
        self.draw.arc(box, start, end, fill=255, width=width)

    def slice(self, start: float, end: float):
        self.draw.pieslice(self._box(10, 10, RING), start, end, fill=255)

    def polygon(self, *points):
        self.draw.polygon(self._scaled(*points), fill=255)

    def line(self, *points, width: float = 2.0, fill: int = 0):
        self.draw.line(
            self._scaled(*points), fill=fill, width=round(width * self.scale), joint="curve"
        )


def _true(pen: _Pen):
    pen.disc(10, 10, 9)
    pen.line((5.5, 10.5), (8.5, 13.5), (14.5, 6.5))


def _mostly_true(pen: _Pen):
    pen.ring()
    pen.slice(-90, 180)


def _imprecise(pen: _Pen):
    pen.ring()
    pen.slice(-90, 90)


def _misleading(pen: _Pen):
    pen.polygon((10, 1), (19.5, 18.5), (0.5, 18.5))
    pen.line((10, 7), (10, 12.5))
    pen.line((10, 14.2), (10, 16.2))


def _false(pen: _Pen):
    pen.polygon((6, 1), (14, 1), (19, 6), (19, 14), (14, 19), (6, 19), (1, 14), (1, 6))
    pen.line((6.3, 6.3), (13.7, 13.7))
    pen.line((13.7, 6.3), (6.3, 13.7))


def _unverifiable(pen: _Pen):
    for dash in range(10):
        pen.arc(10, 10, RING, dash * 36, dash * 36 + 21)
    pen.arc(9.9, 7.8, 2.6, 180, 420)
    pen.line((11.2, 10.05), (10.2, 10.9), (10, 11.9), width=1.7, fill=255)
    pen.line((10, 13.6), (10, 15.4), width=1.7, fill=255)


def _other(pen: _Pen):
    pen.ring()
    pen.disc(10, 10, 3)


SHAPES = {
    "true": _true,
    "mostly-true": _mostly_true,
    "imprecise": _imprecise,
    "misleading": _misleading,
    "false": _false,
    "unverifiable": _unverifiable,
}
