// Matrix products: cuBLAS, then one point-wise launch for what is joined to the product.
#include "core/engine/cuda/plugin/lowering.h"

namespace lamina::cuda {

void lowerGemm(PlanBuilder& builder, const FusedOp& fused) {
    const Op& op = fused.op;
    const auto& attributes = op.as<GemmAttributes>();
    const Shape &a = builder.shape(op.inputs[0]), &b = builder.shape(op.inputs[1]), &c = builder.shape(op.outputs[0]);
    const bool ta = attributes.transposeA, tb = attributes.transposeB;
    const int m = static_cast<int>(c[0]), n = static_cast<int>(c[1]), k = static_cast<int>(a[ta ? 0 : 1]);
    const int strideA = static_cast<int>(a[1]), strideB = static_cast<int>(b[1]);
    const int bufferA = builder.in(op.inputs[0]), bufferB = builder.in(op.inputs[1]), bufferC = builder.out(op.outputs[0]);
    // cuBLAS counts column by column: what we call C = A·B it calls Cᵀ = Bᵀ·Aᵀ.
    const auto multiply = [=](const Launch& launch, void* const* p) {
        if (m == 0 || n == 0) return;
        const float one = 1, zero = 0;
        if (k == 0)
            return check(cudaMemsetAsync(p[2], 0, static_cast<std::size_t>(m) * static_cast<std::size_t>(n) * sizeof(float), launch.stream),
                         "cudaMemsetAsync");
        check(cublasSgemm(launch.blas, tb ? CUBLAS_OP_T : CUBLAS_OP_N, ta ? CUBLAS_OP_T : CUBLAS_OP_N, n, m, k, &one, floats(p[1]), strideB,
                          floats(p[0]), strideA, &zero, floats(p[2]), n),
              "cublasSgemm");
    };
    builder.add({bufferA, bufferB, bufferC}, multiply, "cublasSgemm");
    const int bias = attributes.bias ? builder.in(op.inputs[2]) : -1, mask = fused.mask != noValue ? builder.in(fused.mask) : -1;
    if (bias < 0 && mask < 0 && !attributes.activation) return;
    const Epilogue epilogue{attributes.activation.has_value(), attributes.activation.value_or(UnaryKind::Relu),
                            static_cast<float>(attributes.activationAlpha)};
    builder.add(
        {bufferC, bias, mask},
        [=](const Launch& launch, void* const* p) { finishProduct(launch.stream, epilogue, floats(p[1]), floats(p[2]), floats(p[0]), m, n); },
        "own, after the product");
}

}  // namespace lamina::cuda
