// One function per family of ops: appends the steps that compute it.
#pragma once

#include <span>

#include "core/engine/cpu/gemm_shape.h"
#include "core/engine/cpu/plan_builder.h"

namespace lamina::cpu {

/// Where the check of a product finds the largest magnitudes of the parts of A and of B, and where its answer goes.
struct ProductMarks {
    std::size_t firstA, firstB, end, result;
};

void lowerGemm(PlanBuilder& builder, const FusedOp& fused);
void lowerConvolution(PlanBuilder& builder, const FusedOp& fused);
void lowerPooling(PlanBuilder& builder, const FusedOp& fused);
void lowerUnary(PlanBuilder& builder, const FusedOp& fused);
void lowerUnaryBackward(PlanBuilder& builder, const FusedOp& fused);
void lowerBinary(PlanBuilder& builder, const FusedOp& fused);
void lowerBroadcast(PlanBuilder& builder, const FusedOp& fused);
void lowerReduce(PlanBuilder& builder, const FusedOp& fused);
void lowerConcat(PlanBuilder& builder, const FusedOp& fused);
void lowerSlice(PlanBuilder& builder, const FusedOp& fused);
void lowerTranspose(PlanBuilder& builder, const FusedOp& fused);
void lowerPad(PlanBuilder& builder, const FusedOp& fused);
void lowerMatMul(PlanBuilder& builder, const FusedOp& fused);
/// Gather, its gradient and one-hot.
void lowerRows(PlanBuilder& builder, const FusedOp& fused);
void lowerGaussianNoise(PlanBuilder& builder, const FusedOp& fused);
void lowerHostFunction(PlanBuilder& builder, const FusedOp& fused);
void lowerSoftmax(PlanBuilder& builder, const FusedOp& fused);
void lowerLoss(PlanBuilder& builder, const FusedOp& fused);
void lowerBatchNorm(PlanBuilder& builder, const FusedOp& fused);
void lowerLayerNorm(PlanBuilder& builder, const FusedOp& fused);
void lowerRecurrent(PlanBuilder& builder, const FusedOp& fused);
void lowerDropout(PlanBuilder& builder, const FusedOp& fused);
void lowerAllFinite(PlanBuilder& builder, const FusedOp& fused);
/// Matrices that lie in buffers, from a place on (counted in numbers). C's rows follow one another.
struct ProductPlaces {
    int a, b, c, bias = -1;
    std::int64_t offsetA = 0, offsetB = 0, offsetC = 0;
};
/// C = A·B (+ bias) as a step of the current op.
void addProduct(PlanBuilder& builder, const ProductPlaces& places, const GemmShape& shape);
/// "own gemm AVX-512"
std::string productName(const Kernels& kernels, Precision precision);
/// A gemm whose result is used at once by an update.
void lowerProductUpdate(PlanBuilder& builder, const FusedOp& fused);
/// The answer is 1 where every number of the product is finite, else 0; the product is computed only where the magnitudes leave that open.
void addProductCheck(PlanBuilder& builder, const Op& product, int buffer, const ProductMarks& marks);
/// Updates that follow one another and share attributes and guard become one step.
void lowerUpdates(PlanBuilder& builder, std::span<const FusedOp> updates);

}  // namespace lamina::cpu
