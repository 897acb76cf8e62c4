// One function per family of ops: appends the launches that compute it.
#pragma once

#include <span>

#include "core/engine/cuda/plugin/kernels/kernels.h"
#include "core/engine/cuda/plugin/plan_builder.h"

namespace lamina::cuda {

void lowerGemm(PlanBuilder& builder, const FusedOp& fused);
void lowerConvolution(PlanBuilder& builder, const FusedOp& fused);
void lowerPooling(PlanBuilder& builder, const FusedOp& fused);
void lowerUnary(PlanBuilder& builder, const FusedOp& fused);
void lowerUnaryBackward(PlanBuilder& builder, const FusedOp& fused);
void lowerBinary(PlanBuilder& builder, const FusedOp& fused);
void lowerBroadcast(PlanBuilder& builder, const FusedOp& fused);
void lowerReduce(PlanBuilder& builder, const FusedOp& fused);
void lowerReshape(PlanBuilder& builder, const FusedOp& fused);
void lowerConcat(PlanBuilder& builder, const FusedOp& fused);
void lowerSlice(PlanBuilder& builder, const FusedOp& fused);
void lowerSoftmax(PlanBuilder& builder, const FusedOp& fused);
void lowerLoss(PlanBuilder& builder, const FusedOp& fused);
void lowerBatchNorm(PlanBuilder& builder, const FusedOp& fused);
void lowerDropout(PlanBuilder& builder, const FusedOp& fused);
void lowerAllFinite(PlanBuilder& builder, const FusedOp& fused);
void lowerUpdates(PlanBuilder& builder, std::span<const FusedOp> updates);

inline const float* floats(const void* p) { return static_cast<const float*>(p); }
inline float* floats(void* p) { return static_cast<float*>(p); }
inline int countOf(const Shape& shape) { return static_cast<int>(elementCount(shape)); }

}  // namespace lamina::cuda
