// Numbers as people write them: "1,234.5 €", "€ 3.50", "12 kg", "5 ft 11 in", "(1.200,00)", "12 %", "3.2 Mio".
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/data/cleaning/units.h"

namespace lamina {

/// What stands where in a written number.
struct WrittenNumber {
    std::string_view digits;            ///< with its separators: "1.234,5"
    const MeasureUnit* unit = nullptr;  ///< behind or before it
    bool negative = false;
    double multiplier = 1;  ///< "k", "M", "bn" behind it
};
/// The numbers of a text, more than one for "5 ft 11 in" only.
struct WrittenNumbers {
    std::array<WrittenNumber, 4> numbers;
    std::size_t count = 0;

    bool empty() const { return count == 0; }
    const WrittenNumber* begin() const { return numbers.data(); }
    const WrittenNumber* end() const { return numbers.data() + count; }
    const WrittenNumber& operator[](std::size_t i) const { return numbers[i]; }
};
/// All with units of one dimension where there are several. Empty: the text is no number with or without a unit.
WrittenNumbers readWritten(std::string_view text);

/// What a written number says about the decimal sign.
enum class DecimalHint { Nothing, Point, Comma, Either };  ///< Either: "1,234" and "1.234" mean one or the other
DecimalHint decimalHint(std::string_view digits);
/// The value with this decimal sign; the other sign, blanks and ' stand between groups of three digits. Nothing where it does not fit.
std::optional<double> writtenValue(std::string_view digits, char decimal);

}  // namespace lamina
