#include "core/annotation/grab_cut.h"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "core/annotation/grab_cut_module/grab_cut_interface.h"

namespace lamina {
namespace {

constexpr std::int64_t firstEdge = 160;  // of the copy in which the object is looked for; in the larger one only its border is
constexpr int grabCutRounds = 5, borderRounds = 1;

Result<std::filesystem::path> grabCutPlace(const std::string& named) {
    if (!named.empty()) return std::filesystem::path(named);
    if (const char* chosen = std::getenv("LAMINA_GRAB_CUT_MODULE"); chosen && *chosen) return std::filesystem::path(chosen);
    std::error_code ignored;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    const std::filesystem::path places[] = {folder / grabCutFile, folder.parent_path() / "bin" / grabCutFile, folder.parent_path() / "lib" / "lamina" / grabCutFile};
    for (const auto& place : places)
        if (std::filesystem::is_regular_file(place, ignored)) return place;
    return fail("grab_cut.not_built", {{"where", places[0].string()}});
}

/// Never closed: what it links keeps threads and memory of its own.
Result<GrabCutFunction> loadGrabCut(const std::string& named) {
    LAMINA_TRY(const auto place, grabCutPlace(named));
    void* const library = dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library) return fail("grab_cut.not_loaded", {{"reason", dlerror()}});
    const auto function = reinterpret_cast<GrabCutFunction>(dlsym(library, grabCutFunction));
    if (!function) return fail("grab_cut.not_loaded", {{"reason", place.string()}});
    return function;
}

/// A part of the picture, smaller.
struct SmallCopy {
    PixelRect area;  ///< in the picture
    std::int64_t width = 0, height = 0;
    std::vector<std::uint8_t> bgr, marks;

    std::int64_t left(std::int64_t x) const { return area.left + x * area.width / width; }
    std::int64_t top(std::int64_t y) const { return area.top + y * area.height / height; }
    std::size_t index(std::int64_t x, std::int64_t y) const { return static_cast<std::size_t>(y * width + x); }
    double scale() const { return static_cast<double>(area.width) / static_cast<double>(width); }
    /// A place of the picture in pixels of the copy, whose middles are at halves.
    ShapePoint place(double x, double y) const {
        return {(x - static_cast<double>(area.left)) / scale(), (y - static_cast<double>(area.top)) * static_cast<double>(height) / static_cast<double>(area.height)};
    }
    /// In pixels of the picture.
    ShapePoint middle(std::int64_t x, std::int64_t y) const {
        return {static_cast<double>(left(x) + left(x + 1)) / 2, static_cast<double>(top(y) + top(y + 1)) / 2};
    }
    bool covered(std::int64_t x, std::int64_t y) const {
        const std::uint8_t mark = marks[index(x, y)];
        return mark == grabCutObject || mark == grabCutObjectMaybe;
    }
};

PixelRect withinPicture(const PixelRect& rect, const PixelView& picture) {
    const std::int64_t left = std::clamp<std::int64_t>(rect.left, 0, picture.width), top = std::clamp<std::int64_t>(rect.top, 0, picture.height);
    return {left, top, std::clamp<std::int64_t>(rect.left + rect.width, left, picture.width) - left, std::clamp<std::int64_t>(rect.top + rect.height, top, picture.height) - top};
}

/// The box, the strokes for the object, and around them a margin that shows what is not the object.
PixelRect areaAround(const PixelRect& box, const GrabCutQuestion& question, const PixelView& picture) {
    double left = static_cast<double>(box.left), top = static_cast<double>(box.top), right = left + static_cast<double>(box.width), bottom = top + static_cast<double>(box.height);
    for (const auto& stroke : question.strokes)
        for (const auto& point : stroke.points) {
            if (!stroke.object) continue;
            left = std::min(left, point.x - stroke.radius);
            top = std::min(top, point.y - stroke.radius);
            right = std::max(right, point.x + stroke.radius);
            bottom = std::max(bottom, point.y + stroke.radius);
        }
    const double margin = std::max(8.0, 0.15 * std::max(right - left, bottom - top));
    const auto whole = [](double value) { return static_cast<std::int64_t>(std::floor(value)); };
    const PixelRect area{whole(left - margin), whole(top - margin), whole(right - left + 2 * margin) + 1, whole(bottom - top + 2 * margin) + 1};
    return withinPicture(area, picture);
}

/// The mean of up to 16 pixels spread over each pixel of the copy.
void copySmaller(const PixelView& picture, SmallCopy& copy) {
    copy.bgr.reserve(static_cast<std::size_t>(copy.width * copy.height * 3));
    for (std::int64_t y = 0; y < copy.height; ++y)
        for (std::int64_t x = 0; x < copy.width; ++x) {
            const std::int64_t left = copy.left(x), top = copy.top(y), right = std::max(copy.left(x + 1), left + 1), bottom = std::max(copy.top(y + 1), top + 1);
            const std::int64_t across = std::max<std::int64_t>(1, (right - left) / 4), down = std::max<std::int64_t>(1, (bottom - top) / 4);
            std::uint32_t sums[3] = {}, count = 0;
            for (std::int64_t v = top + down / 2; v < bottom; v += down)
                for (std::int64_t u = left + across / 2; u < right; u += across) {
                    const std::uint32_t pixel = picture.at(u, v);
                    for (int channel = 0; channel < 3; ++channel) sums[channel] += pixel >> (8 * channel) & 255U;
                    ++count;
                }
            for (const std::uint32_t sum : sums) copy.bgr.push_back(static_cast<std::uint8_t>((sum + count / 2) / count));
        }
}

double distanceToWay(const ShapePoint& p, const ShapePoint& a, const ShapePoint& b) {
    const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    const double t = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/// At least one pixel of the copy wide.
void markStroke(const GrabCutStroke& stroke, SmallCopy& copy) {
    const double radius = std::max(stroke.radius, copy.scale() * 0.71);
    for (std::size_t i = 0; i < stroke.points.size(); ++i) {
        const ShapePoint &a = stroke.points[i], &b = stroke.points[std::min(i + 1, stroke.points.size() - 1)];
        const ShapePoint first = copy.place(std::min(a.x, b.x) - radius, std::min(a.y, b.y) - radius), last = copy.place(std::max(a.x, b.x) + radius, std::max(a.y, b.y) + radius);
        const auto whole = [](double value, std::int64_t count) { return static_cast<std::int64_t>(std::clamp(value, 0.0, static_cast<double>(count - 1))); };
        for (std::int64_t y = whole(first.y, copy.height); y <= whole(last.y, copy.height); ++y)
            for (std::int64_t x = whole(first.x, copy.width); x <= whole(last.x, copy.width); ++x)
                if (distanceToWay(copy.middle(x, y), a, b) <= radius) copy.marks[copy.index(x, y)] = stroke.object ? grabCutObject : grabCutGround;
    }
}

/// Outside the box nothing belongs to the object. A box around the whole picture leaves its rim to be doubted.
void markAll(const PixelRect& box, const std::vector<GrabCutStroke>& strokes, SmallCopy& copy) {
    copy.marks.assign(static_cast<std::size_t>(copy.width * copy.height), grabCutGround);
    std::int64_t outside = copy.width * copy.height;
    for (std::int64_t y = 0; y < copy.height; ++y)
        for (std::int64_t x = 0; x < copy.width; ++x) {
            const ShapePoint middle = copy.middle(x, y);
            const auto u = static_cast<std::int64_t>(middle.x), v = static_cast<std::int64_t>(middle.y);
            if (u < box.left || v < box.top || u >= box.left + box.width || v >= box.top + box.height) continue;
            copy.marks[copy.index(x, y)] = grabCutObjectMaybe;
            --outside;
        }
    if (outside < copy.width + copy.height)
        for (std::int64_t y = 0; y < copy.height; ++y)
            for (std::int64_t x = 0; x < copy.width; ++x)
                if (x == 0 || y == 0 || x == copy.width - 1 || y == copy.height - 1) copy.marks[copy.index(x, y)] = grabCutGroundMaybe;
    for (const auto& stroke : strokes) markStroke(stroke, copy);
}

using LearnedColours = std::array<double, 130>;

Result<void> cutCopy(GrabCutFunction cut, SmallCopy& copy, int rounds, LearnedColours& colours, const CancelToken& cancel) {
    const auto goesOn = [](const void* asked) { return !static_cast<const CancelToken*>(asked)->cancelled(); };
    const GrabCutWork work{copy.bgr.data(), copy.marks.data(), static_cast<int>(copy.width), static_cast<int>(copy.height), rounds, colours.data(), goesOn, &cancel};
    if (const char* reason = cut(&work)) return fail("grab_cut.failed", {{"reason", reason}});
    if (cancel.cancelled()) return fail("job.cancelled");
    return {};
}

SmallCopy copyOf(const PixelView& picture, const PixelRect& area, std::int64_t edge) {
    SmallCopy copy;
    copy.area = area;
    const double smaller = std::min(1.0, static_cast<double>(edge) / static_cast<double>(std::max(area.width, area.height)));
    copy.width = std::max<std::int64_t>(1, std::llround(static_cast<double>(area.width) * smaller));
    copy.height = std::max<std::int64_t>(1, std::llround(static_cast<double>(area.height) * smaller));
    copySmaller(picture, copy);
    return copy;
}

/// Only what is near the border that was found in the smaller copy is still in doubt.
void markBorder(const SmallCopy& smaller, const std::vector<GrabCutStroke>& strokes, SmallCopy& copy) {
    copy.marks.resize(static_cast<std::size_t>(copy.width * copy.height));
    for (std::int64_t y = 0; y < copy.height; ++y)
        for (std::int64_t x = 0; x < copy.width; ++x) {
            const std::int64_t column = x * smaller.width / copy.width, row = y * smaller.height / copy.height;
            const bool covered = smaller.covered(column, row);
            bool border = false;
            for (std::int64_t v = std::max<std::int64_t>(row - 1, 0); v <= std::min(row + 1, smaller.height - 1); ++v)
                for (std::int64_t u = std::max<std::int64_t>(column - 1, 0); u <= std::min(column + 1, smaller.width - 1); ++u) border = border || smaller.covered(u, v) != covered;
            copy.marks[copy.index(x, y)] = border ? (covered ? grabCutObjectMaybe : grabCutGroundMaybe) : (covered ? grabCutObject : grabCutGround);
        }
    for (const auto& stroke : strokes) markStroke(stroke, copy);
}

/// What pixels of the picture are compared with, at one pixel of the copy.
struct BorderColours {
    float inside[3] = {}, outside[3] = {};
    float contrast = 0;  ///< squared distance of both
    bool isBorder = false;
    bool covered = false;
};

/// The mean colours of what is covered and what is not, up to three pixels of the copy away.
BorderColours coloursAround(const SmallCopy& copy, std::int64_t x, std::int64_t y) {
    BorderColours colours;
    colours.covered = copy.covered(x, y);
    float counts[2] = {};
    for (std::int64_t v = std::max<std::int64_t>(y - 3, 0); v <= std::min(y + 3, copy.height - 1); ++v)
        for (std::int64_t u = std::max<std::int64_t>(x - 3, 0); u <= std::min(x + 3, copy.width - 1); ++u) {
            const bool covered = copy.covered(u, v);
            colours.isBorder = colours.isBorder || (covered != colours.covered && std::abs(u - x) <= 1 && std::abs(v - y) <= 1);
            ++counts[covered ? 0 : 1];
            for (std::size_t channel = 0; channel < 3; ++channel) (covered ? colours.inside : colours.outside)[channel] += copy.bgr[copy.index(u, v) * 3 + channel];
        }
    if (!colours.isBorder) return colours;
    for (int channel = 0; channel < 3; ++channel) {
        colours.inside[channel] /= counts[0];
        colours.outside[channel] /= counts[1];
        colours.contrast += (colours.inside[channel] - colours.outside[channel]) * (colours.inside[channel] - colours.outside[channel]);
    }
    return colours;
}

/// How much of the copy around a place is covered, -1 … 1.
float coverage(const SmallCopy& copy, const ShapePoint& place) {
    const double u = std::clamp(place.x - 0.5, 0.0, static_cast<double>(copy.width - 1)), v = std::clamp(place.y - 0.5, 0.0, static_cast<double>(copy.height - 1));
    const auto column = static_cast<std::int64_t>(u), row = static_cast<std::int64_t>(v);
    const std::int64_t nextColumn = std::min(column + 1, copy.width - 1), nextRow = std::min(row + 1, copy.height - 1);
    const double right = u - static_cast<double>(column), down = v - static_cast<double>(row);
    const double above = (1 - right) * copy.covered(column, row) + right * copy.covered(nextColumn, row);
    const double below = (1 - right) * copy.covered(column, nextRow) + right * copy.covered(nextColumn, nextRow);
    return static_cast<float>(2 * ((1 - down) * above + down * below) - 1);
}

/// Nearer to the colours inside than to those outside? Where they hardly differ, what the copy says counts for more.
bool belongsInside(std::uint32_t pixel, const BorderColours& colours, float coverage) {
    float inside = 0, outside = 0;
    for (int channel = 0; channel < 3; ++channel) {
        const auto value = static_cast<float>(pixel >> (8 * channel) & 255U);
        inside += (value - colours.inside[channel]) * (value - colours.inside[channel]);
        outside += (value - colours.outside[channel]) * (value - colours.outside[channel]);
    }
    return (outside - inside) / (colours.contrast + 400) + 0.7F * coverage > 0;
}

void coverBlock(const PixelView& picture, const SmallCopy& copy, std::int64_t x, std::int64_t y, PixelRegion& region) {
    const BorderColours colours = coloursAround(copy, x, y);
    if (!colours.isBorder && !colours.covered) return;
    const bool sharpens = colours.isBorder && copy.width < copy.area.width;
    for (std::int64_t v = copy.top(y); v < copy.top(y + 1); ++v)
        for (std::int64_t u = copy.left(x); u < copy.left(x + 1); ++u) {
            const auto inside = [&] { return belongsInside(picture.at(u, v), colours, coverage(copy, copy.place(static_cast<double>(u) + 0.5, static_cast<double>(v) + 0.5))); };
            region.covered[static_cast<std::size_t>((v - region.top) * region.width + u - region.left)] = (sharpens ? inside() : colours.covered) ? 1 : 0;
        }
}

/// The covered part of the copy, as large as in the picture.
Result<PixelRegion> atFullSize(const PixelView& picture, const SmallCopy& copy, const CancelToken& cancel) {
    std::int64_t left = copy.width, right = -1, top = copy.height, bottom = -1;
    for (std::int64_t y = 0; y < copy.height; ++y)
        for (std::int64_t x = 0; x < copy.width; ++x) {
            if (!copy.covered(x, y)) continue;
            left = std::min(left, x);
            right = std::max(right, x);
            top = std::min(top, y);
            bottom = std::max(bottom, y);
        }
    if (right < 0) return PixelRegion{};
    left = std::max<std::int64_t>(left - 1, 0);
    top = std::max<std::int64_t>(top - 1, 0);
    right = std::min(right + 2, copy.width);
    bottom = std::min(bottom + 2, copy.height);
    PixelRegion region{copy.left(left), copy.top(top), copy.left(right) - copy.left(left), copy.top(bottom) - copy.top(top), {}};
    region.covered.resize(static_cast<std::size_t>(region.width * region.height));
    for (std::int64_t y = top; y < bottom; ++y) {
        if (cancel.cancelled()) return fail("job.cancelled");
        for (std::int64_t x = left; x < right; ++x) coverBlock(picture, copy, x, y, region);
    }
    return region;
}

}  // namespace

Result<PixelRegion> objectInBox(const PixelView& picture, const GrabCutQuestion& question, const CancelToken& cancel) {
    const PixelRect box = withinPicture(question.box, picture);
    if (box.width <= 0 || box.height <= 0) return PixelRegion{};
    LAMINA_TRY(const auto cut, loadGrabCut(question.module));
    LearnedColours colours{};
    SmallCopy copy = copyOf(picture, areaAround(box, question, picture), std::min(firstEdge, question.edge));
    markAll(box, question.strokes, copy);
    LAMINA_CHECK(cutCopy(cut, copy, grabCutRounds, colours, cancel));
    if (copy.width < copy.area.width && question.edge > firstEdge) {
        SmallCopy larger = copyOf(picture, copy.area, question.edge);
        markBorder(copy, question.strokes, larger);
        LAMINA_CHECK(cutCopy(cut, larger, borderRounds, colours, cancel));
        copy = std::move(larger);
    }
    return atFullSize(picture, copy, cancel);
}

}  // namespace lamina
