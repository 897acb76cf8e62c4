// Every layer of the catalogue under each of its samples on the GPU.
#include "tests/core/engine/cuda/plugin/gpu.h"
#include "tests/support/layer_battery.h"

namespace lamina {
namespace {

class CudaLayers : public testing::TestWithParam<LayerCase> {};

TEST_P(CudaLayers, GiveWhatTheReferenceGives) {
    LAMINA_NEEDS_GPU();
    const auto reference = makeReferenceDevice(DType::Float64);
    for (bool training : {false, true}) {
        const auto expected = runLayer(GetParam(), *reference, training), found = runLayer(GetParam(), **gpu(), training);
        ASSERT_TRUE(expected) << expected.error().debugText();
        ASSERT_TRUE(found) << found.error().debugText();
        ASSERT_EQ(expected->size(), found->size());
        for (std::size_t i = 0; i < expected->size(); ++i)
            EXPECT_LE(normRelative((*found)[i], (*expected)[i]), 1e-5)
                << (i == 0 ? "output" : "gradient") << " " << i << (training ? " in training" : " in use");
    }
}

INSTANTIATE_TEST_SUITE_P(Layers, CudaLayers, testing::ValuesIn(layerCases()), [](const auto& info) { return info.param.name(); });

}  // namespace
}  // namespace lamina
