// One of several outputs of a network, as an ONNX file names it.
#pragma once

#include <string>

namespace lamina {

struct OnnxOutput {
    std::string layer;       ///< whose numbers it gives
    std::string title;       ///< begins its names: "price_value", "shade_probabilities", "shade_label"
    std::size_t target = 0;  ///< what it learned: Preparation::targetAt()

    /// `what`: "value", "probabilities" or "label", which is the whole name of a network's only output.
    std::string name(const std::string& what) const { return title.empty() ? what : title + "_" + what; }
};

}  // namespace lamina
