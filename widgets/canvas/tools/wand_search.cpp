#include "widgets/canvas/tools/wand_search.h"

#include <algorithm>
#include <cmath>

namespace lamina {

namespace {

/// What both sizes of a ring have in common: the picture may be a preview of the one that the shape belongs to.
void stretch(MaskOutline& outline, double x, double y) {
    for (auto& part : outline.parts)
        for (ShapePoint& point : part) point = {point.x * x, point.y * y};
}

PixelRegion joined(const WandQuestion& question, PixelRegion found) {
    if (!question.target) return found;
    const AnnotationShape mask = question.target->kind == ShapeKind::Mask ? *question.target : maskOfPolygon(*question.target, question.picture.width(), question.picture.height());
    const PixelRegion before = regionOfMask(mask.mask);
    return question.takesAway ? regionWithout(before, found) : unitedRegions(before, found);
}

std::optional<AnnotationShape> shapeOfRegion(const WandQuestion& question, const PixelRegion& region) {
    const double enlarged = static_cast<double>(question.picture.width()) / question.level.width();
    const auto covered = std::count(region.covered.begin(), region.covered.end(), 1);
    // Holes and islands that nobody would draw: grains of noise, and what a sharpened border left behind.
    OutlineOptions options{std::max(0.9, enlarged / 2), std::max({4.0, 2 * enlarged * enlarged, static_cast<double>(covered) * 0.0005})};
    if (question.asMask) options.tolerance = 0;
    MaskOutline outline = outlineOfRegion(region, options);
    if (outline.parts.empty()) return {};
    stretch(outline, static_cast<double>(question.shown.width()) / question.picture.width(), static_cast<double>(question.shown.height()) / question.picture.height());
    AnnotationShape shape = question.target.value_or(AnnotationShape{});
    shape.rotation = 0;
    shape.kind = question.asMask ? ShapeKind::Mask : ShapeKind::Polygon;
    shape.mask = question.asMask ? rasterise(outline.parts, question.shown.width(), question.shown.height()) : MaskRuns{};
    shape.parts = question.asMask ? decltype(shape.parts)() : std::move(outline.parts);
    shape.holes = question.asMask ? decltype(shape.holes)() : std::move(outline.holes);
    return shape;
}

}  // namespace

PixelView pixelsOf(const QImage& picture) {
    return {reinterpret_cast<const std::uint32_t*>(picture.constBits()), picture.width(), picture.height(), static_cast<std::int64_t>(picture.bytesPerLine()) / 4};
}

std::optional<WandAnswer> answerOf(const WandQuestion& question, const CancelToken& cancel) {
    WandAnswer answer;
    answer.seen = regionOfColour(pixelsOf(question.level), question.seed.x, question.seed.y, question.range, {}, cancel);
    if (answer.seen.isEmpty()) return {};
    const bool whole = question.level.size() == question.picture.size();
    PixelRegion found = whole ? answer.seen : sharpenedRegion(answer.seen, question.level.width(), question.level.height(), pixelsOf(question.picture), question.range, cancel);
    if (cancel.cancelled()) return {};
    answer.shape = shapeOfRegion(question, joined(question, std::move(found)));
    return answer;
}

}  // namespace lamina
