#include "widgets/graph/layer_colour.h"

#include <array>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

// Chosen for a large distance in CIELAB from the eight series colours and each other, with normal, protan and deutan vision.
constexpr std::array<QRgb, 3> moreOnLight{0xff243bd6, 0xff5b3a1e, 0xff1b2a6b};
constexpr std::array<QRgb, 3> moreOnDark{0xff6b6bff, 0xffa9744a, 0xfff4f1b0};

}  // namespace

QColor layerColour(int category) {
    const auto& series = themeColours().series;
    const std::size_t at = static_cast<std::size_t>(category) % (series.size() + moreOnLight.size());
    if (at < series.size()) return series[at];
    return QColor((darkTheme() ? moreOnDark : moreOnLight)[at - series.size()]);
}

}  // namespace lamina
