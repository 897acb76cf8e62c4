// The colours of the categories of layers, on the canvas, in its small map and in the palette.
#pragma once

#include <QColor>

namespace lamina {

/// Colour number `category`: the series colours of the theme first, then more that are told apart from them. GUI thread; read it when painting.
QColor layerColour(int category);

}  // namespace lamina
