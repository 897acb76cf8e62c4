// What a magic wand looks for in the background: the region at the level of the picture that is on the screen, its border at full size, its shape.
#pragma once

#include <QImage>

#include <optional>

#include "core/annotation/live_wire.h"
#include "widgets/canvas/tools/background_search.h"

namespace lamina {

/// The pixels of an RGB32 or ARGB32 picture; valid while the picture lives.
PixelView pixelsOf(const QImage& picture);

struct WandQuestion {
    QImage level;      ///< as it is seen
    QImage picture;    ///< at full size
    QSize shown;       ///< what the shape's coordinates count; another size than the picture's while a preview is shown
    PixelPlace seed;   ///< in the level
    ColourRange range;
    bool asMask = false;
    std::optional<AnnotationShape> target;  ///< a shape that grows, or shrinks where `takesAway`
    bool takesAway = false;
};

struct WandAnswer {
    PixelRegion seen;                      ///< at the level
    std::optional<AnnotationShape> shape;  ///< nothing is left
};

/// Blocks. Empty where the token is cancelled.
std::optional<WandAnswer> answerOf(const WandQuestion& question, const CancelToken& cancel);

using WandSearch = BackgroundSearch<std::optional<WandAnswer>>;

}  // namespace lamina
