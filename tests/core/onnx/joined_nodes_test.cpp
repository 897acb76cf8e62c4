// Activations that files write out in parts are read as the one layer they are.
#include "core/onnx/joined_nodes.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lamina {
namespace {

struct Part {
    const char* op;
    std::vector<std::string> inputs;
    const char* output;
};

/// A file with these nodes and the numbers that the forms need.
OnnxFile fileOf(const std::vector<Part>& parts, const char* output = "y") {
    OnnxFile file;
    const std::pair<const char*, double> numbers[] = {{"half", 0.5},          {"one", 1},   {"two", 2}, {"three", 3}, {"root2", std::sqrt(2.0)}, {"by_root2", std::sqrt(0.5)},
                                                      {"part", 0.044715}, {"rate", 0.7978845608}};
    for (const auto& [name, number] : numbers) file.constants[name] = {{}, std::vector<float>{static_cast<float>(number)}};
    for (const Part& part : parts) {
        OnnxNode node;
        node.op = part.op;
        node.inputs = part.inputs;
        node.outputs = {part.output};
        file.nodes.push_back(std::move(node));
    }
    file.outputs = {output};
    return file;
}

std::string ops(const OnnxFile& file) {
    std::string text;
    for (const auto& node : file.nodes) text += (text.empty() ? "" : " ") + node.op;
    return text;
}

std::string joined(const std::vector<Part>& parts) {
    OnnxFile file = fileOf(parts);
    joinActivations(file);
    return ops(file);
}

TEST(JoinedNodes, GeluInTheFormsOfOtherPrograms) {
    OnnxFile file = fileOf({{"Div", {"x", "root2"}, "a"}, {"Erf", {"a"}, "b"}, {"Add", {"b", "one"}, "c"}, {"Mul", {"x", "c"}, "d"}, {"Mul", {"d", "half"}, "y"}});
    joinActivations(file);
    ASSERT_EQ(ops(file), "Gelu");
    EXPECT_EQ(file.nodes[0].inputs, std::vector<std::string>{"x"});
    EXPECT_EQ(file.nodes[0].outputs, std::vector<std::string>{"y"});
    EXPECT_EQ(file.nodes[0].text("approximate", ""), "none");
    EXPECT_EQ(joined({{"Mul", {"half", "x"}, "h"}, {"Mul", {"x", "by_root2"}, "a"}, {"Erf", {"a"}, "b"}, {"Add", {"one", "b"}, "c"}, {"Mul", {"h", "c"}, "y"}}), "Gelu");
}

TEST(JoinedNodes, GeluThroughTanh) {
    OnnxFile file = fileOf({{"Pow", {"x", "three"}, "a"}, {"Mul", {"part", "a"}, "b"}, {"Add", {"x", "b"}, "c"}, {"Mul", {"rate", "c"}, "d"},
                            {"Tanh", {"d"}, "e"}, {"Add", {"e", "one"}, "f"}, {"Mul", {"half", "x"}, "g"}, {"Mul", {"g", "f"}, "y"}});
    joinActivations(file);
    ASSERT_EQ(ops(file), "Gelu");
    EXPECT_EQ(file.nodes[0].text("approximate", ""), "tanh");
    EXPECT_EQ(joined({{"Mul", {"x", "x"}, "s"}, {"Mul", {"s", "x"}, "a"}, {"Mul", {"part", "a"}, "b"}, {"Add", {"b", "x"}, "c"}, {"Mul", {"rate", "c"}, "d"},
                      {"Tanh", {"d"}, "e"}, {"Add", {"e", "one"}, "f"}, {"Mul", {"half", "x"}, "g"}, {"Mul", {"g", "f"}, "y"}}),
              "Gelu");
}

TEST(JoinedNodes, SiluAndMishAlsoInsideOfAProduct) {
    EXPECT_EQ(joined({{"Sigmoid", {"x"}, "a"}, {"Mul", {"a", "x"}, "y"}}), "Swish");
    EXPECT_EQ(joined({{"Softplus", {"x"}, "a"}, {"Tanh", {"a"}, "b"}, {"Mul", {"x", "b"}, "y"}}), "Mish");
    EXPECT_EQ(joined({{"Sigmoid", {"x"}, "a"}, {"Mul", {"a", "x"}, "b"}, {"Mul", {"b", "z"}, "y"}}), "Swish Mul");
}

TEST(JoinedNodes, WhatIsNotQuiteTheSameStaysAsItIs) {
    EXPECT_EQ(joined({{"Sigmoid", {"z"}, "a"}, {"Mul", {"a", "x"}, "y"}}), "Sigmoid Mul") << "a gate";
    EXPECT_EQ(joined({{"Sigmoid", {"x"}, "a"}, {"Mul", {"a", "x"}, "b"}, {"Add", {"a", "b"}, "y"}}), "Sigmoid Mul Add") << "something else reads the sigmoid";
    EXPECT_EQ(joined({{"Div", {"x", "two"}, "a"}, {"Erf", {"a"}, "b"}, {"Add", {"b", "one"}, "c"}, {"Mul", {"x", "c"}, "d"}, {"Mul", {"d", "half"}, "y"}}),
              "Div Erf Add Mul Mul") << "another width";
    EXPECT_EQ(joined({{"Sigmoid", {"x"}, "a"}, {"Mul", {"a", "x"}, "b"}, {"Mul", {"b", "two"}, "y"}}), "Swish Mul");
}

TEST(JoinedNodes, LongChainsOfProductsAreNoProblem) {
    std::vector<std::string> names{"x"};
    for (int i = 0; i < 20000; ++i) names.push_back("v" + std::to_string(i));
    OnnxFile file = fileOf({});
    for (std::size_t i = 1; i < names.size(); ++i) {
        OnnxNode node;
        node.op = "Mul";
        node.inputs = {names[i - 1], "z"};
        node.outputs = {names[i]};
        file.nodes.push_back(std::move(node));
    }
    joinActivations(file);
    EXPECT_EQ(file.nodes.size(), 20000u);
}

}  // namespace
}  // namespace lamina
