// What of a canvas is shown.
#pragma once

#include "widgets/canvas/picture_pyramid.h"

namespace lamina {

struct CanvasOptions {
    bool crosshair = true;
    bool snapping = true;   ///< to corners, vertices and the picture's border; Alt held draws freely
    bool captions = true;
    bool shapes = true;     ///< false: the picture alone
    bool handles = true;
    bool miniMap = true;     ///< in a corner, where only a part of the picture is seen; a click in it goes there
    bool magnifier = false;  ///< in a corner: what is under the mouse, four times as large
    double opacity = 0.5;    ///< of areas, 0 … 1; borders stay as they are
    PictureAdjustment adjustment;
    bool operator==(const CanvasOptions&) const = default;
};

}  // namespace lamina
