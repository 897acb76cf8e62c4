#include "core/training/checkpoint.h"

#include <cstring>
#include <limits>

#include "core/base/sha256.h"

namespace lamina {
namespace {

constexpr char magic[8] = {'L', 'A', 'M', 'I', 'N', 'A', 'C', 'K'};
constexpr std::uint32_t version = 1;
constexpr std::size_t headSize = sizeof magic + sizeof version + sizeof(std::uint64_t);
constexpr std::size_t hashSize = 64;

nlohmann::json sumsToJson(const ItemSums& s) {
    const auto& n = s.numbers;
    return {{"loss", s.loss}, {"items", s.items}, {"classes", s.confusion.classes}, {"counts", s.confusion.counts},
            {"numbers", {{"count", n.count}, {"absolute", n.absolute}, {"squared", n.squared}, {"mean", n.mean}, {"spread", n.spread}, {"relative", n.relative}, {"relativeCount", n.relativeCount}}}};
}

ItemSums sumsFromJson(const nlohmann::json& j) {
    ItemSums s;
    s.loss = j.at("loss");
    s.items = j.at("items");
    s.confusion.counts = j.at("counts").get<std::vector<std::int64_t>>();
    s.confusion.classes = j.at("classes");
    const auto& n = j.at("numbers");
    s.numbers = {n.at("count"), n.at("absolute"), n.at("squared"), n.at("mean"), n.at("spread"), n.value("relative", 0.0), n.value("relativeCount", std::int64_t{0})};
    return s;
}

nlohmann::json schedulesToJson(const std::vector<ScheduleState>& schedules) {
    auto list = nlohmann::json::array();
    for (const auto& s : schedules) list.push_back({{"factor", s.factor}, {"best", s.best}, {"waited", s.waited}, {"judged", s.judged}});
    return list;
}

std::vector<ScheduleState> schedulesFromJson(const nlohmann::json& list) {
    std::vector<ScheduleState> schedules;
    for (const auto& s : list) schedules.push_back({s.at("factor"), s.at("best"), s.at("waited"), s.at("judged")});
    return schedules;
}

nlohmann::json stateToJson(const TrainingState& s) {
    nlohmann::json json{{"epoch", s.epoch}, {"batch", s.batch}, {"step", s.step}, {"sequence", s.sequence}, {"sums", sumsToJson(s.sums)}, {"window", sumsToJson(s.window)},
            {"best", s.best}, {"bestEpoch", s.bestEpoch}, {"waited", s.waited}, {"finished", s.finished}, {"device", s.device},
            {"updates", s.updates}, {"schedules", schedulesToJson(s.schedules)}};
    for (const ItemSums& output : s.outputs) json["outputs"].push_back(sumsToJson(output));
    return json;
}

TrainingState stateFromJson(const nlohmann::json& j) {
    TrainingState s;
    s.epoch = j.at("epoch");
    s.batch = j.at("batch");
    s.step = j.at("step");
    s.sequence = j.at("sequence");
    s.sums = sumsFromJson(j.at("sums"));
    s.window = sumsFromJson(j.at("window"));
    s.best = j.at("best").is_null() ? std::numeric_limits<double>::quiet_NaN() : j.at("best").get<double>();
    s.bestEpoch = j.at("bestEpoch");
    s.waited = j.at("waited");
    s.finished = j.at("finished");
    s.device = j.at("device");
    for (const auto& output : j.value("outputs", nlohmann::json::array())) s.outputs.push_back(sumsFromJson(output));
    // Older checkpoints have one phase, whose updates are the steps.
    s.updates = j.value("updates", std::vector<std::int64_t>{});
    s.schedules = schedulesFromJson(j.value("schedules", nlohmann::json::array()));
    return s;
}

void append(std::vector<std::byte>& to, const void* bytes, std::size_t count) {
    const auto* first = static_cast<const std::byte*>(bytes);
    to.insert(to.end(), first, first + count);
}

Error damaged(const std::string& what) { return fail("checkpoint.damaged", {{"what", what}}); }

Result<std::map<std::string, StoredTensor>> readTensors(const nlohmann::json& table, std::span<const std::byte> numbers) {
    std::map<std::string, StoredTensor> tensors;
    std::size_t at = 0;
    for (const auto& entry : table) {
        StoredTensor tensor;
        tensor.shape = entry.at("shape").get<Shape>();
        tensor.role = entry.at("trained").get<bool>() ? ValueRole::Parameter : ValueRole::State;
        const auto count = checkedElementCount(tensor.shape, static_cast<std::int64_t>((numbers.size() - at) / sizeof(float)));
        if (count < 0) return damaged("tensor size");
        tensor.numbers.resize(static_cast<std::size_t>(count));
        std::memcpy(tensor.numbers.data(), numbers.data() + at, tensor.numbers.size() * sizeof(float));
        at += tensor.numbers.size() * sizeof(float);
        tensors[entry.at("name").get<std::string>()] = std::move(tensor);
    }
    if (at != numbers.size()) return damaged("length");
    return tensors;
}

std::size_t numberBytes(const ParameterStore& store) {
    std::size_t bytes = 0;
    for (const auto& [name, entry] : store.entries()) bytes += static_cast<std::size_t>(elementCount(entry.shape)) * sizeof(float);
    return bytes;
}

nlohmann::json entryOf(const std::string& name, const Shape& shape, ValueRole role) {
    return {{"name", name}, {"shape", shape}, {"trained", role == ValueRole::Parameter}};
}

/// All before the numbers, with room for them.
std::vector<std::byte> headBytes(const TrainingState& state, const nlohmann::json& table, std::size_t numbers) {
    const std::string head = nlohmann::json{{"state", stateToJson(state)}, {"tensors", table}}.dump();
    const std::uint64_t headLength = head.size();
    std::vector<std::byte> bytes;
    bytes.reserve(headSize + head.size() + numbers + hashSize);
    append(bytes, magic, sizeof magic);
    append(bytes, &version, sizeof version);
    append(bytes, &headLength, sizeof headLength);
    append(bytes, head.data(), head.size());
    return bytes;
}

std::vector<std::byte> sealed(std::vector<std::byte> bytes) {
    const std::string hash = sha256(bytes.data(), bytes.size());
    append(bytes, hash.data(), hash.size());
    return bytes;
}

}  // namespace

std::vector<std::byte> checkpointToBytes(const TrainingState& state, const ParameterStore& store) {
    nlohmann::json table = nlohmann::json::array();
    for (const auto& [name, entry] : store.entries()) table.push_back(entryOf(name, entry.shape, entry.role));
    auto bytes = headBytes(state, table, numberBytes(store));
    for (const auto& [name, entry] : store.entries()) {
        const auto numbers = store.readFloats(name);
        append(bytes, numbers.data(), numbers.size() * sizeof(float));
    }
    return sealed(std::move(bytes));
}

std::vector<std::byte> checkpointToBytes(const Checkpoint& checkpoint) {
    nlohmann::json table = nlohmann::json::array();
    std::size_t count = 0;
    for (const auto& [name, tensor] : checkpoint.tensors) {
        table.push_back(entryOf(name, tensor.shape, tensor.role));
        count += tensor.numbers.size();
    }
    auto bytes = headBytes(checkpoint.state, table, count * sizeof(float));
    for (const auto& [name, tensor] : checkpoint.tensors) append(bytes, tensor.numbers.data(), tensor.numbers.size() * sizeof(float));
    return sealed(std::move(bytes));
}

Result<Checkpoint> checkpointFromBytes(std::span<const std::byte> bytes) {
    if (bytes.size() < headSize + hashSize || std::memcmp(bytes.data(), magic, sizeof magic) != 0) return damaged("head");
    std::uint32_t found = 0;
    std::memcpy(&found, bytes.data() + sizeof magic, sizeof found);
    if (found > version) return fail("checkpoint.newer_version", {{"version", std::to_string(found)}});
    const auto body = bytes.first(bytes.size() - hashSize);
    if (std::memcmp(sha256(body.data(), body.size()).data(), bytes.data() + body.size(), hashSize) != 0) return damaged("hash");
    std::uint64_t headLength = 0;
    std::memcpy(&headLength, bytes.data() + sizeof magic + sizeof found, sizeof headLength);
    if (headLength > body.size() - headSize) return damaged("head length");
    try {
        const auto* text = reinterpret_cast<const char*>(body.data() + headSize);
        const auto head = nlohmann::json::parse(text, text + headLength);
        Checkpoint checkpoint;
        checkpoint.state = stateFromJson(head.at("state"));
        LAMINA_TRY(checkpoint.tensors, readTensors(head.at("tensors"), body.subspan(headSize + headLength)));
        return checkpoint;
    } catch (const nlohmann::json::exception&) {
        return damaged("description");
    }
}

Result<void> restoreParameters(const Checkpoint& checkpoint, ParameterStore& store) {
    for (const auto& [name, tensor] : checkpoint.tensors) LAMINA_CHECK(store.writeFloats(name, tensor.shape, tensor.role, tensor.numbers));
    return {};
}

std::string averageOf(const std::string& parameter) { return parameter + "#ema"; }

Result<void> restoreForUse(const Checkpoint& checkpoint, ParameterStore& store) {
    for (const auto& [name, tensor] : checkpoint.tensors) {
        if (name.find('#') != std::string::npos) continue;
        const auto average = checkpoint.tensors.find(averageOf(name));
        LAMINA_CHECK(store.writeFloats(name, tensor.shape, tensor.role, (average == checkpoint.tensors.end() ? tensor : average->second).numbers));
    }
    return {};
}

Result<void> copyForUse(const ParameterStore& from, ParameterStore& to) {
    for (const auto& [name, entry] : from.entries()) {
        if (name.find('#') != std::string::npos) continue;
        LAMINA_CHECK(to.writeFloats(name, entry.shape, entry.role, from.readFloats(from.contains(averageOf(name)) ? averageOf(name) : name)));
    }
    return {};
}

}  // namespace lamina
