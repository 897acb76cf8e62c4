// The parts of a split in words and colours.
#pragma once

#include <QColor>
#include <QCoreApplication>
#include <QString>

#include "core/data/split.h"
#include "widgets/common/theme.h"

namespace lamina {

inline QString partTitle(Part part) {
    switch (part) {
        case Part::Training: return QCoreApplication::translate("lamina::Part", "Training");
        case Part::Validation: return QCoreApplication::translate("lamina::Part", "Validation");
        case Part::Test: return QCoreApplication::translate("lamina::Part", "Test");
        case Part::Unused: return QCoreApplication::translate("lamina::Part", "Not used");
    }
    return {};
}

inline QColor partColour(Part part) {
    const ThemeColours& colours = themeColours();
    return part == Part::Unused ? colours.border : colours.series[static_cast<std::size_t>(part)];
}

}  // namespace lamina
