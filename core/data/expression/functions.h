// The functions of the language and what they are computed on. Inside of the folder only.
#pragma once

#include <deque>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/expression/expression.h"

namespace lamina {

constexpr std::int64_t missingTime = std::numeric_limits<std::int64_t>::min();

/// Where texts that an expression makes live while a slice of rows is computed.
class TextArena {
public:
    /// Room for so many bytes, never moved.
    char* room(std::size_t bytes);
    std::string_view keep(std::string_view text);

private:
    static constexpr std::size_t chunkBytes = 1 << 16;
    std::vector<std::unique_ptr<char[]>> m_chunks;
    std::size_t m_used = 0, m_size = 0;
};

/// The values of one node for a slice of rows, or one value for all of them (single). Only the vector of its type is used.
/// Missing: NaN, no data (a text whose data() is nullptr), 2 (missingMask), missingTime.
struct ValueSlice {
    ExpressionType type = ExpressionType::Missing;
    bool single = false;
    std::vector<double> numbers;
    std::vector<std::string_view> texts;
    std::vector<std::uint8_t> booleans;
    std::vector<std::int64_t> times;

    void become(ExpressionType newType, std::size_t count);
    std::size_t place(std::size_t row) const { return single ? 0 : row; }
    double number(std::size_t row) const { return numbers[place(row)]; }
    std::string_view text(std::size_t row) const { return texts[place(row)]; }
    std::uint8_t boolean(std::size_t row) const { return booleans[place(row)]; }
    std::int64_t time(std::size_t row) const { return times[place(row)]; }
    bool isMissing(std::size_t row) const;
    void setMissing(std::size_t row);
    /// Row `from` of `other`, which has the same type (or is Missing).
    void copy(std::size_t row, const ValueSlice& other, std::size_t from);
};

/// Texts that grow beyond this become missing (nested replace() could fill the memory).
constexpr std::size_t longestMadeText = 1 << 20;

using FunctionKernel = void (*)(std::span<const ValueSlice> arguments, ValueSlice& result, std::size_t rows, TextArena& arena);

/// `signature`: a letter per argument: n number, t text, b boolean, d time, a any, p a pattern written as text; ? behind one: may be left out (with all
/// that follow); * behind the last: as many as you like. `result` Missing: the common type of the arguments that are `a`.
struct FunctionDefinition {
    const char* name;
    const char* usage;
    const char* help;
    std::string_view signature;
    ExpressionType result;
    FunctionKernel kernel;
};

std::span<const FunctionDefinition> numberFunctions();
std::span<const FunctionDefinition> textFunctions();
std::span<const FunctionDefinition> timeFunctions();
/// if, coalesce, number, text
std::span<const FunctionDefinition> valueFunctions();
std::vector<const FunctionDefinition*> allFunctions();
/// Any case; nullptr where there is none.
const FunctionDefinition* findFunction(std::string_view name);

/// What is wrong with a pattern of matches(), or "".
std::string patternProblem(const std::string& pattern);

}  // namespace lamina
