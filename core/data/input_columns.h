// Which columns of a table each input of a network takes, and which part of a prepared row that makes.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/preparation.h"

namespace lamina {

enum class ColumnForm : std::uint8_t {
    Single,   ///< numbers, categories: any number of them in one input
    Array,    ///< of its own shape, alone in an input
    Picture,  ///< made into the size that its input asks for, alone in it
};

/// What is known of a column that can be learned from.
struct OfferedColumn {
    std::string name;
    ColumnForm form = ColumnForm::Single;
    Shape shape = {};        ///< of arrays
    std::int64_t width = 1;  ///< numbers that it becomes, where that is known; 0: it would be left out
    bool isText = false;     ///< texts, which can be the names of picture files
};

/// Does an input of this shape read pictures, grey, coloured or of bands?
bool readsPictures(const Shape& shape);

/// For each column the place of the input that takes it; -1: none. Inputs take what they name. Of the rest, where one input names nothing it takes
/// all; where several do, pictures go to those of three axes, arrays to those of their shape, each in turn, and everything else to the one that is left.
/// "inputs.unknown_column" {layer, column, known}, "inputs.column_twice" {column, first, second}, "inputs.not_divided" {first, second}.
Result<std::vector<int>> divideColumns(std::span<const OfferedColumn> columns, std::span<const InputWish> inputs);

/// Puts the features of each input together, in the order in which it names them, fills in offsets and, where there are several inputs, Preparation::inputs.
/// `takers`: for each feature the place of its input; none where there is one input.
/// "inputs.without_columns" {layer}, "preparation.mixed_inputs" {tensor, column}, "preparation.several_tensors" {first, second}.
Result<void> arrangeInputs(Preparation& preparation, const std::vector<InputWish>& inputs, const std::vector<int>& takers);

/// Offsets of features and inputs anew, after what a feature becomes was changed.
void setOffsets(Preparation& preparation);

}  // namespace lamina
