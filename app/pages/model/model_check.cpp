#include "app/pages/model/model_check.h"

namespace lamina {
namespace {

/// Trying out fixes costs a compilation each: beyond these, people mend the first ones first.
constexpr std::size_t problemsWithFixes = 6;

std::uint64_t bytesOf(const NodeReport& node) {
    const std::int64_t outputs = node.shape.empty() ? 0 : elementCount(node.shape);
    return static_cast<std::uint64_t>(node.parameters + outputs) * sizeof(float);
}

/// The problem of this code, which the list then has no more.
std::optional<Error> takeOut(std::vector<Error>& problems, const std::string& code) {
    const auto found = std::find_if(problems.begin(), problems.end(), [&](const Error& problem) { return problem.code == code; });
    if (found == problems.end()) return std::nullopt;
    Error problem = std::move(*found);
    problems.erase(found);
    return problem;
}

/// Layers that feed no other, by name.
std::string endsOf(const Network& network) {
    std::string ends;
    for (const auto& node : network.nodes) {
        const bool feeds = std::any_of(network.edges.begin(), network.edges.end(), [&](const auto& edge) { return edge.from == node.id; });
        if (!feeds) ends += (ends.empty() ? "" : ", ") + node.name;
    }
    return ends;
}

std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t most = 8;
    std::string list;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i) list += (i ? ", " : "") + names[i];
    return names.size() > most ? list + " …" : list;
}

}  // namespace

ModelCheck checkModel(const Network& network, const std::optional<NetworkNeeds>& needs) {
    NetworkReport report = describeNetwork(network);
    const auto several = takeOut(report.problems, "network.several_outputs");
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
    const auto unused = known ? columnsLeftOver(network, *known) : std::vector<std::string>{};
    if (!unused.empty()) check.problems.push_back({fail("inputs.columns_unused", {{"columns", listed(unused)}}), {}, {}, false});
    if (several)
        check.problems.push_back(
            {fail("model.more_answers", {{"count", several->argument("found")}, {"layers", endsOf(network)}}), {}, fixesFor(*several, network, known), false});
    return check;
}

}  // namespace lamina
