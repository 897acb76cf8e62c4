// The gates of recurrent layers, one item at one time. Blocks never overlap: the compiler is told so where there are too many to test.
#include "core/engine/cpu/kernels/isa.h"
#include "core/engine/formulas/functions.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

inline float sigmoid(float x) { return 1.0f / (1.0f + formulas::expOf(-x)); }

void simpleForward(const RecurrentCell& cell, bool relu) {
    float* const gates = cell.gates;
    float* const h = cell.h;
    if (relu)
        for (Size j = 0; j < cell.units; ++j) h[j] = gates[j] = gates[j] > 0.0f ? gates[j] : 0.0f;
    else
        for (Size j = 0; j < cell.units; ++j) h[j] = gates[j] = formulas::tanhOf(gates[j]);
}

void lstmForward(const RecurrentCell& cell) {
    const Size units = cell.units;
    float* const gates = cell.gates;
    const float* const before = cell.extraBefore;
    float* const now = cell.extra;
    float* const h = cell.h;
#pragma GCC ivdep
    for (Size j = 0; j < units; ++j) {
        const float i = sigmoid(gates[j]), o = sigmoid(gates[units + j]), f = sigmoid(gates[2 * units + j]), g = formulas::tanhOf(gates[3 * units + j]);
        const float c = f * before[j] + i * g;
        gates[j] = i;
        gates[units + j] = o;
        gates[2 * units + j] = f;
        gates[3 * units + j] = g;
        now[j] = c;
        h[j] = o * formulas::tanhOf(c);
    }
}

void gruForward(const RecurrentCell& cell) {
    const Size units = cell.units;
    float* const gates = cell.gates;
    const float* const side = cell.extra;
    const float* const before = cell.before;
    float* const h = cell.h;
#pragma GCC ivdep
    for (Size j = 0; j < units; ++j) {
        const float z = sigmoid(gates[j]), r = sigmoid(gates[units + j]), n = formulas::tanhOf(gates[2 * units + j] + r * side[j]);
        gates[j] = z;
        gates[units + j] = r;
        gates[2 * units + j] = n;
        h[j] = n + z * (before[j] - n);
    }
}

void forward(const RecurrentCell& cell, RecurrentKind kind, bool relu) {
    switch (kind) {
        case RecurrentKind::Simple: return simpleForward(cell, relu);
        case RecurrentKind::Lstm: return lstmForward(cell);
        case RecurrentKind::Gru: return gruForward(cell);
    }
}

void simpleBackward(const RecurrentCell& cell, bool relu) {
    const float* const h = cell.gates;
    const float* const dy = cell.dy;
    const float* const dh = cell.dh;
    float* const d = cell.dGates;
    if (relu)
        for (Size j = 0; j < cell.units; ++j) d[j] = h[j] > 0.0f ? dy[j] + dh[j] : 0.0f;
    else
        for (Size j = 0; j < cell.units; ++j) d[j] = (dy[j] + dh[j]) * (1.0f - h[j] * h[j]);
}

void lstmBackward(const RecurrentCell& cell) {
    const Size units = cell.units;
    const float* const gates = cell.gates;
    const float* const before = cell.extraBefore;
    const float* const now = cell.extra;
    const float* const dy = cell.dy;
    const float* const dh = cell.dh;
    float* const dc = cell.dc;
    float* const d = cell.dGates;
#pragma GCC ivdep
    for (Size j = 0; j < units; ++j) {
        const float i = gates[j], o = gates[units + j], f = gates[2 * units + j], g = gates[3 * units + j];
        const float bent = formulas::tanhOf(now[j]), arriving = dy[j] + dh[j], c = dc[j] + arriving * o * (1.0f - bent * bent);
        d[j] = c * g * i * (1.0f - i);
        d[units + j] = arriving * bent * o * (1.0f - o);
        d[2 * units + j] = c * before[j] * f * (1.0f - f);
        d[3 * units + j] = c * i * (1.0f - g * g);
        dc[j] = c * f;
    }
}

void gruBackward(const RecurrentCell& cell) {
    const Size units = cell.units;
    const float* const gates = cell.gates;
    const float* const side = cell.extra;
    const float* const before = cell.before;
    const float* const dy = cell.dy;
    float* const dh = cell.dh;
    float* const d = cell.dGates;
#pragma GCC ivdep
    for (Size j = 0; j < units; ++j) {
        const float z = gates[j], r = gates[units + j], n = gates[2 * units + j], arriving = dy[j] + dh[j];
        const float dn = arriving * (1.0f - z) * (1.0f - n * n);
        d[j] = arriving * (before[j] - n) * z * (1.0f - z);
        d[units + j] = dn * side[j] * r * (1.0f - r);
        d[2 * units + j] = dn;
        d[3 * units + j] = dn * r;
        dh[j] = arriving * z;
    }
}

void backward(const RecurrentCell& cell, RecurrentKind kind, bool relu) {
    switch (kind) {
        case RecurrentKind::Simple: return simpleBackward(cell, relu);
        case RecurrentKind::Lstm: return lstmBackward(cell);
        case RecurrentKind::Gru: return gruBackward(cell);
    }
}

}  // namespace

void fillRecurrent(Kernels& table) {
    table.recurrentForward = forward;
    table.recurrentBackward = backward;
}

}  // namespace lamina::cpu::LAMINA_ISA
