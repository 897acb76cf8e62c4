#include "core/onnx/joined_nodes.h"

#include <cmath>
#include <optional>
#include <set>

namespace lamina {
namespace {

bool near(double a, double b) { return std::abs(a - b) <= 1e-3 * std::abs(b); }

/// What is multiplied: stored numbers, taken together, and computed values.
struct Product {
    double constant = 1;
    std::vector<std::string> factors;

    bool is(double wanted, std::size_t count) const { return near(constant, wanted) && factors.size() == count; }
};

class Joiner {
public:
    explicit Joiner(OnnxFile& file) : m_file(file) {
        for (std::size_t i = 0; i < file.nodes.size(); ++i) {
            for (const auto& output : file.nodes[i].outputs) m_makers[output] = i;
            for (const auto& input : file.nodes[i].inputs) ++m_uses[input];
        }
        for (const auto& output : file.outputs) ++m_uses[output];
    }

    /// The last node of what is joined stays, as the one that takes its place: from the end, so that the whole is seen before its parts.
    void join() {
        for (std::size_t i = m_file.nodes.size(); i-- > 0;)
            if (m_file.nodes[i].op == "Mul" && !m_gone.count(i)) joinAt(i);
        std::vector<OnnxNode> kept;
        for (std::size_t i = 0; i < m_file.nodes.size(); ++i)
            if (!m_gone.count(i)) kept.push_back(std::move(m_file.nodes[i]));
        m_file.nodes = std::move(kept);
    }

private:
    void joinAt(std::size_t index) {
        m_seen.clear();
        OnnxNode& node = m_file.nodes[index];
        Product product;
        if (node.inputs.size() != 2 || node.outputs.size() != 1 || !node.domain.empty()) return;
        if (!multiply(product, node.inputs[0], 0) || !multiply(product, node.inputs[1], 0) || product.factors.size() != 2) return;
        for (const auto& [x, other] : {std::pair{product.factors[0], product.factors[1]}, std::pair{product.factors[1], product.factors[0]}}) {
            const auto joined = joinedNode(product.constant, x, other);
            if (!joined) continue;
            node.op = joined->op;
            node.attributes = joined->attributes;
            node.inputs = {x};
            m_gone.insert(m_seen.begin(), m_seen.end());
            return;
        }
    }

    std::optional<OnnxNode> joinedNode(double constant, const std::string& x, const std::string& other) {
        const std::size_t seen = m_seen.size();
        OnnxNode node;
        if (near(constant, 1) && isOf(other, "Sigmoid", x)) node.op = "Swish";
        else if (near(constant, 1) && isMish(other, x)) node.op = "Mish";
        else if (near(constant, 0.5) && isGelu(other, x, node)) node.op = "Gelu";
        else {
            m_seen.resize(seen);
            return std::nullopt;
        }
        return node;
    }

    bool isMish(const std::string& value, const std::string& x) {
        const OnnxNode* tanh = only(value, "Tanh");
        return tanh && isOf(tanh->inputs[0], "Softplus", x);
    }

    /// 1 + erf(x / √2), or 1 + tanh(√(2/π) · (x + 0.044715 · x³)).
    bool isGelu(const std::string& value, const std::string& x, OnnxNode& node) {
        const auto curve = otherThanConstant(only(value, "Add"), 1);
        if (!curve) return false;
        const OnnxNode* erf = only(*curve, "Erf");
        const OnnxNode* tanh = erf ? nullptr : only(*curve, "Tanh");
        if (!erf && !tanh) return false;
        node.attributes["approximate"] = std::string(erf ? "none" : "tanh");
        Product inner;
        if (!multiply(inner, (erf ? erf : tanh)->inputs[0], 0)) return false;
        if (erf) return inner.is(std::sqrt(0.5), 1) && inner.factors[0] == x;
        return inner.is(std::sqrt(2 / std::acos(-1.0)), 1) && isRaisedByCube(inner.factors[0], x);
    }

    bool isRaisedByCube(const std::string& value, const std::string& x) {
        const OnnxNode* sum = only(value, "Add");
        if (!sum || sum->inputs.size() != 2 || (sum->inputs[0] != x && sum->inputs[1] != x)) return false;
        Product small;
        if (!multiply(small, sum->inputs[sum->inputs[0] == x ? 1 : 0], 0)) return false;
        if (small.is(0.044715, 3)) return small.factors == std::vector<std::string>(3, x);
        if (!small.is(0.044715, 1)) return false;
        const OnnxNode* cube = only(small.factors[0], "Pow");
        return cube && cube->inputs.size() == 2 && cube->inputs[0] == x && near(numberOf(cube->inputs[1]).value_or(0), 3);
    }

    /// Takes what `value` is made of into the product; false where that is more than any of the forms has.
    bool multiply(Product& product, const std::string& value, int depth) {
        if (const auto number = numberOf(value)) {
            product.constant *= *number;
            return true;
        }
        const OnnxNode* times = depth < 6 ? only(value, "Mul") : nullptr;
        if (times && times->inputs.size() == 2) return multiply(product, times->inputs[0], depth + 1) && multiply(product, times->inputs[1], depth + 1);
        const OnnxNode* by = times ? nullptr : only(value, "Div");
        const auto divisor = by && by->inputs.size() == 2 ? numberOf(by->inputs[1]) : std::nullopt;
        if (divisor && *divisor != 0) {
            product.constant /= *divisor;
            return multiply(product, by->inputs[0], depth + 1);
        }
        if (by) m_seen.pop_back();
        product.factors.push_back(value);
        return product.factors.size() <= 3;
    }

    /// The node with this op that makes `value`, where nothing but one node reads it.
    const OnnxNode* only(const std::string& value, const char* op) {
        const auto maker = m_makers.find(value);
        if (maker == m_makers.end() || m_uses[value] != 1 || m_gone.count(maker->second)) return nullptr;
        const OnnxNode& node = m_file.nodes[maker->second];
        if (node.op != op || !node.domain.empty() || node.inputs.empty()) return nullptr;
        m_seen.push_back(maker->second);
        return &node;
    }

    bool isOf(const std::string& value, const char* op, const std::string& x) {
        const OnnxNode* node = only(value, op);
        return node && node->inputs[0] == x;
    }

    std::optional<double> numberOf(const std::string& name) const {
        const auto found = m_file.constants.find(name);
        const auto* numbers = found == m_file.constants.end() ? nullptr : std::get_if<std::vector<float>>(&found->second.data);
        return numbers && numbers->size() == 1 ? std::optional<double>(numbers->front()) : std::nullopt;
    }

    std::optional<std::string> otherThanConstant(const OnnxNode* node, double constant) const {
        if (!node || node->inputs.size() != 2) return std::nullopt;
        for (std::size_t i = 0; i < 2; ++i)
            if (near(numberOf(node->inputs[i]).value_or(0), constant)) return node->inputs[1 - i];
        return std::nullopt;
    }

    OnnxFile& m_file;
    std::map<std::string, std::size_t> m_makers;
    std::map<std::string, int> m_uses;
    std::set<std::size_t> m_gone;      ///< nodes that are part of another one now
    std::vector<std::size_t> m_seen;  ///< nodes that would be, where the form at hand fits
};

}  // namespace

void joinActivations(OnnxFile& file) { Joiner(file).join(); }

}  // namespace lamina
