// Asks every layer of the catalogue, under each of its samples, whether it keeps its contract. A new layer is tested by being listed.
#include "tests/support/layer_battery.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/onnx/export.h"
#include "core/onnx/import.h"
#include "core/onnx/lamina_run.h"
#include "core/onnx/onnxruntime.h"
#include "tests/support/temporary_folder.h"

using namespace lamina;

class LayerBattery : public ::testing::TestWithParam<LayerCase> {};
INSTANTIATE_TEST_SUITE_P(Layers, LayerBattery, ::testing::ValuesIn(layerCases()), [](const auto& info) { return info.param.name(); });

class LayerDescription : public ::testing::TestWithParam<const LayerType*> {};
INSTANTIATE_TEST_SUITE_P(Layers, LayerDescription, ::testing::ValuesIn(layerCatalogue()), [](const auto& info) { return info.param->id; });

namespace {

/// Writes the layer as an ONNX file of its own.
Result<void> exportCase(const LayerCase& c, const LayerTensors& tensors, const Path& file) { return exportOnnx(layerNetwork(c), tensors.parameters, {}, file); }

std::vector<double> numbersOf(const OnnxTensor& tensor) {
    const auto& floats = std::get<std::vector<float>>(tensor.data);
    return {floats.begin(), floats.end()};
}

std::vector<double> referenceOutput(const LayerCase& c) {
    const auto device = makeReferenceDevice(DType::Float64);
    const auto results = runLayer(c, *device, false);
    if (!results) ADD_FAILURE() << results.error().debugText();
    return results ? results->front() : std::vector<double>();
}

/// Makes a file of Lamina look like one of another program: the reader must then understand its nodes.
void forgetOrigin(const Path& file) {
    std::string text = *readTextFile(file);
    for (const auto& [name, other] : {std::pair<std::string, std::string>{"Lamina", "Foreig"}, {"lamina.network", "foreign.origin"}}) {
        const auto at = text.find(name);
        ASSERT_NE(at, std::string::npos);
        text.replace(at, name.size(), other);
    }
    std::ofstream(file, std::ios::binary) << text;
}

nlohmann::json texts() {
    nlohmann::json all;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(LAMINA_SOURCE_DIR) + "/app/messages/texts"))
        all.update(nlohmann::json::parse(std::ifstream(entry.path())));
    return all;
}

/// Is there the English text as the descriptor has it, and a Chinese one?
void expectText(const nlohmann::json& all, const std::string& id, const std::string& english) {
    EXPECT_FALSE(english.empty()) << id;
    ASSERT_TRUE(all.contains(id)) << id << " has no text in app/messages/texts";
    EXPECT_EQ(all.at(id).at("en").get<std::string>(), english) << id << " in app/messages/texts must be word for word as in core/layers";
    EXPECT_FALSE(all.at(id).at("zh").get<std::string>().empty()) << id << " has no Chinese in app/messages/texts";
}

const NetworkNode* nodeOf(const Network& network, const std::string& type) {
    const auto found = std::find_if(network.nodes.begin(), network.nodes.end(), [&](const NetworkNode& node) { return node.type == type; });
    return found == network.nodes.end() ? nullptr : &*found;
}

bool isClaimed(const std::string& onnxOp) {
    const auto& all = layerCatalogue();
    return std::any_of(all.begin(), all.end(), [&](const LayerType* type) { return std::count(type->onnxOps.begin(), type->onnxOps.end(), onnxOp) > 0; });
}

/// The network read from the file as if another program had written it: a node that is this layer alone does not become the general layer `operator`.
void expectNoGeneralLayer(const LayerCase& c, const Network& network) {
    const NetworkNode* general = nodeOf(network, "operator");
    if (!general) return;
    const std::string op = general->settings.value("op", "");
    const auto own = std::count_if(network.nodes.begin(), network.nodes.end(), [](const NetworkNode& node) { return node.type != "input"; });
    EXPECT_TRUE(own > 1 || isClaimed(op)) << c.type->id << " is the one node " << op << " and no layer claims that: give it .onnxOps and fromOnnx";
}

Result<OnnxImport> readAsForeign(const LayerCase& c, const LayerTensors& tensors, const Path& file) {
    LAMINA_CHECK(exportCase(c, tensors, file));
    forgetOrigin(file);
    return importOnnx(file);
}

}  // namespace

TEST_P(LayerBattery, GradientsAreFiniteDifferences) {
    const LayerCase& c = GetParam();
    Graph graph;
    buildLayer(graph, c, true);
    GradientCheck check;
    check.numbers = layerNumbers(graph, c.sample);
    EXPECT_TRUE(gradientsMatch([&](Graph& g) { return buildLayer(g, c, true); }, check));
}

TEST_P(LayerBattery, GivesAsManyNumbersAsItsShapeSays) {
    for (bool training : {false, true}) {
        Graph graph;
        const ValueId output = buildLayer(graph, GetParam(), training);
        ASSERT_FALSE(graph.error()) << graph.error()->debugText();
        EXPECT_EQ(graph.shape(output)[0], GetParam().sample.inputs[0][0]) << "the batch stays the first axis";
        const auto device = makeReferenceDevice(DType::Float64);
        const auto results = runLayer(GetParam(), *device, training);
        ASSERT_TRUE(results) << results.error().debugText();
        EXPECT_EQ(static_cast<std::int64_t>(results->front().size()), elementCount(graph.shape(output)));
    }
}

TEST_P(LayerBattery, CpuGivesWhatTheReferenceGives) {
    const auto reference = makeReferenceDevice(DType::Float64), cpu = makeCpuDevice({});
    for (bool training : {false, true}) {
        const auto expected = runLayer(GetParam(), *reference, training), found = runLayer(GetParam(), *cpu, training);
        ASSERT_TRUE(expected) << expected.error().debugText();
        ASSERT_TRUE(found) << found.error().debugText();
        ASSERT_EQ(expected->size(), found->size());
        for (std::size_t i = 0; i < expected->size(); ++i)
            EXPECT_LE(normRelative((*found)[i], (*expected)[i]), 1e-5) << (i == 0 ? "output" : "gradient") << " " << i << (training ? " in training" : " in use");
    }
}

TEST_P(LayerBattery, SettingsSurviveJson) {
    const LayerType& type = *GetParam().type;
    const nlohmann::json written = settingsJson(GetParam());
    std::any again = type.defaults;
    ASSERT_TRUE(propertiesFromJson(type.properties, nlohmann::json::parse(written.dump()), again));
    EXPECT_EQ(propertiesToJson(type.properties, again), written);
}

TEST_P(LayerBattery, ComesBackFromItsOnnxFile) {
    const LayerCase& c = GetParam();
    const TemporaryFolder folder;
    const LayerTensors tensors = layerTensors(c);
    const auto exported = exportCase(c, tensors, folder / "model.onnx");
    ASSERT_TRUE(exported) << exported.error().debugText();
    const auto own = importOnnx(folder / "model.onnx");
    ASSERT_TRUE(own) << own.error().debugText();
    EXPECT_TRUE(own->madeByLamina);

    forgetOrigin(folder / "model.onnx");
    const auto foreign = importOnnx(folder / "model.onnx");
    ASSERT_TRUE(foreign) << foreign.error().debugText();
    EXPECT_FALSE(foreign->madeByLamina);
    expectNoGeneralLayer(c, foreign->network);
    const auto again = exportOnnx(foreign->network, foreign->parameters, {}, folder / "again.onnx");
    ASSERT_TRUE(again) << again.error().debugText();
    const auto outputs = runInLamina({folder / "again.onnx", tensors.inputs, {}});
    ASSERT_TRUE(outputs) << outputs.error().debugText();
    EXPECT_LE(normRelative(numbersOf(outputs->at("output")), referenceOutput(c)), 1e-5);
}

TEST(LayerOnnx, EveryLayerGivesTheSameInOnnxRuntime) {
    const TemporaryFolder folder;
    std::vector<OnnxRun> runs;
    const auto cases = layerCases();
    for (const LayerCase& c : cases) {
        const LayerTensors tensors = layerTensors(c);
        const auto exported = exportCase(c, tensors, folder / (c.name() + ".onnx"));
        ASSERT_TRUE(exported) << c.name() << ": " << exported.error().debugText();
        runs.push_back({folder / (c.name() + ".onnx"), tensors.inputs, {"output"}});
    }
    const auto results = runInOnnxRuntime(runs);
    if (!results && results.error().code == "onnx.no_runtime") GTEST_SKIP() << "no ONNX Runtime here: " << results.error().debugText();
    ASSERT_TRUE(results) << results.error().debugText();
    for (std::size_t i = 0; i < cases.size(); ++i) {
        Graph graph;
        const ValueId output = buildLayer(graph, cases[i], false);
        EXPECT_EQ(results->outputs[i].at("output").shape, graph.shape(output)) << cases[i].name();
        EXPECT_LE(normRelative(numbersOf(results->outputs[i].at("output")), referenceOutput(cases[i])), 1e-5) << cases[i].name();
    }
}

TEST_P(LayerDescription, SaysEverythingAboutItself) {
    const LayerType& type = *GetParam();
    const auto all = texts();
    expectText(all, "layer." + type.id + ".title", type.title);
    expectText(all, "layer." + type.id + ".summary", type.summary);
    for (const Property& property : type.properties) {
        expectText(all, "layer." + type.id + "." + property.id + ".title", property.title);
        expectText(all, "layer." + type.id + "." + property.id + ".help", property.help);
    }
    const std::vector<std::string> categories{"core", "convolution", "pooling", "normalization", "activation", "merge",
                                              "regularization", "shape", "sequence", "preprocessing", "math"};
    EXPECT_NE(std::find(categories.begin(), categories.end(), type.category), categories.end()) << type.category;
    EXPECT_TRUE(std::filesystem::exists(std::string(LAMINA_SOURCE_DIR) + "/resources/layers/" + type.id + ".svg")) << "draw resources/layers/" << type.id << ".svg";
    ASSERT_TRUE(type.samples);
    EXPECT_GE(type.samples().size(), 2u);
    EXPECT_EQ(findLayer(type.id), &type);
}

/// Some settings mean what another layer means as well (a convolution with a group for each channel), but not all of them do.
TEST_P(LayerDescription, ComesBackAsItselfFromAnOnnxFileOfAnotherProgram) {
    const LayerType& type = *GetParam();
    if (type.onnxOps.empty() || type.id == "dropout") return;  // in use dropout is no node at all
    const TemporaryFolder folder;
    for (const LayerCase& c : layerCases()) {
        if (c.type != &type) continue;
        const auto read = readAsForeign(c, layerTensors(c), folder / "model.onnx");
        ASSERT_TRUE(read) << read.error().debugText();
        if (nodeOf(read->network, type.id)) return;
    }
    ADD_FAILURE() << "no sample of " << type.id << " comes back as it: see its .onnxOps and fromOnnx, and layers before it in layers.cmake that claim the same";
}

TEST_P(LayerDescription, DefaultsAreAllowedValues) {
    for (const Property& property : GetParam()->properties) {
        const auto checked = property.check(property.get(GetParam()->defaults));
        EXPECT_TRUE(checked) << checked.error().debugText();
    }
}
