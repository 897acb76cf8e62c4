#include "app/pages/model/model_check.h"

namespace lamina {
namespace {

/// Trying out fixes costs a compilation each: beyond these, people mend the first ones first.
constexpr std::size_t problemsWithFixes = 6;

std::uint64_t bytesOf(const NodeReport& node) {
    const std::int64_t outputs = node.shape.empty() ? 0 : elementCount(node.shape);
    return static_cast<std::uint64_t>(node.parameters + outputs) * sizeof(float);
}

}  // namespace

ModelCheck checkModel(const Network& network, const std::optional<NetworkNeeds>& needs) {
    const NetworkReport report = describeNetwork(network);
    const NetworkNeeds* known = needs ? &*needs : nullptr;
    std::map<std::string, std::string> idOf;
    for (const auto& node : network.nodes) idOf[node.name] = node.id;
    ModelCheck check;
    for (const auto& node : report.nodes) {
        check.bytes += bytesOf(node);
        check.nodes[idOf[node.node]] = node;
    }
    check.parameters = report.parameters;
    check.flops = report.flops;
    check.layers = network.nodes.size();
    for (auto& problem : problemsOf(network, report, known)) {
        const auto id = idOf.find(problem.argument("layer").empty() ? problem.argument("node") : problem.argument("layer"));
        auto fixes = check.problems.size() < problemsWithFixes ? fixesFor(problem, network, known) : std::vector<Fix>{};
        check.problems.push_back({std::move(problem), id == idOf.end() ? std::string() : id->second, std::move(fixes)});
    }
    return check;
}

}  // namespace lamina
