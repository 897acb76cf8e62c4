// Foreign files are made plainer before they are read as layers; what no layer stands for becomes an operator.
#pragma once

#include <functional>

#include "core/onnx/model_file.h"
#include "core/onnx/operator_model.h"
#include "core/operators/operator_text.h"

namespace lamina {

/// Nodes whose numbers do not depend on the inputs (chains of Shape, Gather, Concat …, for one item) become constants; a Split becomes a Slice for
/// each of its parts. Does nothing where Lamina does not have all of the model's operators.
void makePlainer(OnnxFile& file, OperatorModel model);

/// The node as an operator: constants of one number and whole numbers stay with it, other constants become its weights (named by operatorWeight,
/// given to `weight`), the rest comes from nodes. Nothing where Lamina does not have the operator, where it reads no node, or where it gives more
/// than one output.
std::optional<OperatorCall> operatorFor(const OnnxNode& node, const OnnxFile& file, std::int64_t opset,
                                        const std::function<void(const std::string& name, const OnnxTensor& tensor)>& weight);

}  // namespace lamina
