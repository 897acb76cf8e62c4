// One function per family of ops: appends the steps that compute it.
#pragma once

#include <span>

#include "core/engine/cpu/plan_builder.h"

namespace lamina::cpu {

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
void lowerSoftmax(PlanBuilder& builder, const FusedOp& fused);
void lowerLoss(PlanBuilder& builder, const FusedOp& fused);
void lowerBatchNorm(PlanBuilder& builder, const FusedOp& fused);
void lowerDropout(PlanBuilder& builder, const FusedOp& fused);
void lowerAllFinite(PlanBuilder& builder, const FusedOp& fused);
/// Updates that follow one another and share attributes and guard become one step.
void lowerUpdates(PlanBuilder& builder, std::span<const FusedOp> updates);

}  // namespace lamina::cpu
