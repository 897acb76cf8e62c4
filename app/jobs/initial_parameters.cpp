#include "app/jobs/initial_parameters.h"

#include <set>

#include "core/onnx/network_graph.h"

namespace lamina {
namespace {

/// Parameters and states of a network by name, any number of outputs.
Result<std::map<std::string, Value>> numbersNeeded(const Network& network) {
    LAMINA_TRY(const NetworkGraph graph, inferenceGraph(network, 1, GraphEnds::Any));
    std::map<std::string, Value> needed;
    for (const Value& value : graph.graph.values)
        if (value.role == ValueRole::Parameter || value.role == ValueRole::State) needed.emplace(value.name, value);
    return needed;
}

/// "conv_1/weight" → "9b2e…/weight".
std::map<std::string, std::string> idByName(const Network& network) {
    std::map<std::string, std::string> ids;
    for (const auto& node : network.nodes) ids[node.name] = node.id;
    return ids;
}

std::string keyOfParameter(const std::map<std::string, std::string>& ids, const std::string& name) {
    const auto slash = name.find('/');
    const auto id = ids.find(name.substr(0, slash));
    return id == ids.end() || slash == std::string::npos ? std::string() : id->second + name.substr(slash);
}

std::string someOf(const std::vector<std::string>& names) {
    constexpr std::size_t most = 5;
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < most; ++i) text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > most ? text + " …" : text;
}

}  // namespace

Result<void> keepInitialParameters(Project& project, Network& network, const std::map<std::string, OnnxTensor>& parameters) {
    LAMINA_TRY(const auto needed, numbersNeeded(network));
    const auto ids = idByName(network);
    Checkpoint kept;
    for (const auto& [name, tensor] : parameters) {
        const auto found = needed.find(name);
        const auto* numbers = std::get_if<std::vector<float>>(&tensor.data);
        if (found == needed.end() || !numbers) continue;
        kept.tensors[keyOfParameter(ids, name)] = {tensor.shape, found->second.role, *numbers};
    }
    const auto bytes = checkpointToBytes(kept);
    LAMINA_TRY(network.origin.parameters, project.addBytes({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
    return {};
}

Result<InitialParameters> initialParameters(const Project& project, const Network& network) {
    InitialParameters initial;
    if (network.origin.parameters.empty()) return initial;
    LAMINA_TRY(const auto bytes, readFile(project.filePath(network.origin.parameters)));
    LAMINA_TRY(auto kept, checkpointFromBytes(bytes));
    LAMINA_TRY(const auto needed, numbersNeeded(network));
    const auto ids = idByName(network);
    auto numbers = std::make_shared<Checkpoint>();
    std::set<std::string> fresh;
    for (const auto& [name, value] : needed) {
        const auto found = kept.tensors.find(keyOfParameter(ids, name));
        if (found != kept.tensors.end() && found->second.shape == value.shape) {
            found->second.role = value.role;
            numbers->tensors[name] = std::move(found->second);
        } else {
            fresh.insert(name.substr(0, name.find('/')));
        }
    }
    initial.numbers = std::move(numbers);
    initial.fresh.assign(fresh.begin(), fresh.end());
    if (!fresh.empty())
        initial.issues.push_back(
            {Severity::Note, fail("jobs.begins_partly_fresh", {{"layers", someOf(initial.fresh)}, {"count", std::to_string(fresh.size())}}), 1});
    return initial;
}

}  // namespace lamina
