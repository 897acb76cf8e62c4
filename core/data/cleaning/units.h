// Units of measurement as people write them behind numbers, and currency signs.
#pragma once

#include <string>
#include <string_view>

namespace lamina {

/// value in the dimension's base unit = value × factor + offset.
struct MeasureUnit {
    const char* name;       ///< as it is written in reports: "kg"
    const char* dimension;  ///< "mass"; units of one dimension convert into each other. Currencies: one dimension each
    double factor = 1;
    double offset = 0;
};
/// By any usual spelling ("kg", "Kilogram", "lbs", "″", "€", "EUR"); nullptr where it is none.
const MeasureUnit* findUnit(std::string_view spelling);
/// Both of one dimension.
double convertUnit(double value, const MeasureUnit& from, const MeasureUnit& to);

}  // namespace lamina
