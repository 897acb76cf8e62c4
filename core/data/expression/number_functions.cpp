#include <cmath>

#include "core/data/expression/functions.h"

namespace lamina {
namespace {

using NumberSlices = std::span<const ValueSlice>;

double orMissing(double value) { return std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN(); }

/// A function of one number, as a kernel.
template <auto Function>
void ofNumber(NumberSlices arguments, ValueSlice& result, std::size_t rows, TextArena&) {
    for (std::size_t row = 0; row < rows; ++row) result.numbers[row] = orMissing(Function(arguments[0].number(row)));
}
template <auto Function>
void ofTwoNumbers(NumberSlices arguments, ValueSlice& result, std::size_t rows, TextArena&) {
    for (std::size_t row = 0; row < rows; ++row) result.numbers[row] = orMissing(Function(arguments[0].number(row), arguments[1].number(row)));
}
/// Of any number of numbers, one after the other; missing where one is missing.
template <auto Function>
void ofNumbers(NumberSlices arguments, ValueSlice& result, std::size_t rows, TextArena&) {
    for (std::size_t row = 0; row < rows; ++row) {
        double value = arguments[0].number(row);
        for (const ValueSlice& argument : arguments.subspan(1)) {
            const double other = argument.number(row);
            value = std::isnan(value) || std::isnan(other) ? std::numeric_limits<double>::quiet_NaN() : Function(value, other);
        }
        result.numbers[row] = value;
    }
}

double signOf(double x) { return std::isnan(x) ? x : static_cast<double>((x > 0) - (x < 0)); }
double larger(double a, double b) { return a < b ? b : a; }
double smaller(double a, double b) { return b < a ? b : a; }

/// Halves away from zero, of the decimal digits a person sees: round(1.005, 2) is 1 since 1.005 is stored as a little less.
double roundTo(double x, double digits) {
    if (std::abs(digits) > 300) return digits > 0 ? x : 0;
    const double factor = std::pow(10.0, std::abs(std::trunc(digits)));
    const double rounded = digits < 0 ? std::round(x / factor) * factor : std::round(x * factor) / factor;
    return std::isfinite(rounded) ? rounded : x;
}
void roundedNumbers(NumberSlices arguments, ValueSlice& result, std::size_t rows, TextArena& arena) {
    if (arguments.size() == 1) return ofNumber<[](double x) { return std::round(x); }>(arguments, result, rows, arena);
    for (std::size_t row = 0; row < rows; ++row) {
        const double digits = arguments[1].number(row);
        if (!std::isnan(digits)) result.numbers[row] = roundTo(arguments[0].number(row), digits);
    }
}

constexpr FunctionDefinition numberFunctionTable[] = {
    {"abs", "abs(x)", "The number without its sign.", "n", ExpressionType::Number, ofNumber<[](double x) { return std::abs(x); }>},
    {"round", "round(x, digits)", "Rounded to so many decimal digits (none where left out), halves away from zero.", "nn?", ExpressionType::Number, roundedNumbers},
    {"floor", "floor(x)", "The largest whole number that is not above x.", "n", ExpressionType::Number, ofNumber<[](double x) { return std::floor(x); }>},
    {"ceil", "ceil(x)", "The smallest whole number that is not below x.", "n", ExpressionType::Number, ofNumber<[](double x) { return std::ceil(x); }>},
    {"sign", "sign(x)", "-1, 0 or 1.", "n", ExpressionType::Number, ofNumber<signOf>},
    {"min", "min(a, b, …)", "The smallest of these numbers.", "n*", ExpressionType::Number, ofNumbers<smaller>},
    {"max", "max(a, b, …)", "The largest of these numbers.", "n*", ExpressionType::Number, ofNumbers<larger>},
    {"sqrt", "sqrt(x)", "The square root; missing below 0.", "n", ExpressionType::Number, ofNumber<[](double x) { return std::sqrt(x); }>},
    {"exp", "exp(x)", "e to the power of x.", "n", ExpressionType::Number, ofNumber<[](double x) { return std::exp(x); }>},
    {"log", "log(x)", "The natural logarithm; missing at and below 0.", "n", ExpressionType::Number, ofNumber<[](double x) { return std::log(x); }>},
    {"log10", "log10(x)", "The logarithm to base 10; missing at and below 0.", "n", ExpressionType::Number, ofNumber<[](double x) { return std::log10(x); }>},
    {"log2", "log2(x)", "The logarithm to base 2; missing at and below 0.", "n", ExpressionType::Number, ofNumber<[](double x) { return std::log2(x); }>},
    {"log1p", "log1p(x)", "The natural logarithm of 1 + x, exact for small x.", "n", ExpressionType::Number, ofNumber<[](double x) { return std::log1p(x); }>},
    {"pow", "pow(x, y)", "x to the power of y, the same as x ^ y.", "nn", ExpressionType::Number, ofTwoNumbers<[](double x, double y) { return std::pow(x, y); }>},
    {"sin", "sin(x)", "The sine of an angle in radians.", "n", ExpressionType::Number, ofNumber<[](double x) { return std::sin(x); }>},
    {"cos", "cos(x)", "The cosine of an angle in radians.", "n", ExpressionType::Number, ofNumber<[](double x) { return std::cos(x); }>},
    {"tan", "tan(x)", "The tangent of an angle in radians.", "n", ExpressionType::Number, ofNumber<[](double x) { return std::tan(x); }>},
    {"atan2", "atan2(y, x)", "The angle of the point (x, y) in radians.", "nn", ExpressionType::Number,
     ofTwoNumbers<[](double y, double x) { return std::atan2(y, x); }>},
    {"tanh", "tanh(x)", "The hyperbolic tangent.", "n", ExpressionType::Number, ofNumber<[](double x) { return std::tanh(x); }>},
};

}  // namespace

std::span<const FunctionDefinition> numberFunctions() { return numberFunctionTable; }

}  // namespace lamina
