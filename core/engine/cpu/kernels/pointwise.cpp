// Point-wise loops over the functors of core/engine/formulas.
#include "core/engine/cpu/kernels/isa.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

void unary(UnaryKind kind, float alpha, const float* x, float* y, Size n) {
    formulas::dispatchUnary(kind, [=](auto formula) {
        for (Size i = 0; i < n; ++i) y[i] = formula.forward(x[i], alpha);
    });
}

void unaryBackward(UnaryKind kind, float alpha, const float* x, const float* y, const float* dy, float* dx, Size n) {
    formulas::dispatchUnary(kind, [=](auto formula) {
        for (Size i = 0; i < n; ++i) dx[i] = formula.backward(x[i], y[i], dy[i], alpha);
    });
}

template <class Formula>
void binaryLoop(Formula formula, const float* a, Size strideA, const float* b, Size strideB, float* y, Size n) {
    if (strideA == 1 && strideB == 1)
        for (Size i = 0; i < n; ++i) y[i] = formula(a[i], b[i]);
    else if (strideA == 1)
        for (Size i = 0; i < n; ++i) y[i] = formula(a[i], *b);
    else if (strideB == 1)
        for (Size i = 0; i < n; ++i) y[i] = formula(*a, b[i]);
    else
        for (Size i = 0; i < n; ++i) y[i] = formula(*a, *b);
}

void binary(BinaryKind kind, const float* a, Size strideA, const float* b, Size strideB, float* y, Size n) {
    const auto loop = [=](auto formula) { binaryLoop(formula, a, strideA, b, strideB, y, n); };
    switch (kind) {
        case BinaryKind::Add: return loop([](float p, float q) { return p + q; });
        case BinaryKind::Subtract: return loop([](float p, float q) { return p - q; });
        case BinaryKind::Multiply: return loop([](float p, float q) { return p * q; });
        case BinaryKind::Divide: return loop([](float p, float q) { return p / q; });
        case BinaryKind::Maximum: return loop([](float p, float q) { return p > q ? p : q; });
        case BinaryKind::Minimum: return loop([](float p, float q) { return p < q ? p : q; });
    }
}

void copy(const float* x, Size stride, float* y, Size n) {
    if (stride == 1) {
        __builtin_memcpy(y, x, static_cast<std::size_t>(n) * sizeof(float));
        return;
    }
    const float value = *x;
    for (Size i = 0; i < n; ++i) y[i] = value;
}

void interleave(const float* x, Size places, Size used, Size lanes, float* y) {
    for (Size i = 0; i < places; ++i)
        for (Size l = 0; l < lanes; ++l) y[i * lanes + l] = l < used ? x[l * places + i] : 0.0f;
}

void takeApart(const float* x, Size places, Size used, Size lanes, float* y) {
    for (Size l = 0; l < used; ++l)
        for (Size i = 0; i < places; ++i) y[l * places + i] = x[i * lanes + l];
}

/// p, m and v are three tensors.
template <class Formula>
void updateLoop(Formula, formulas::UpdateNumbers<float> numbers, float* p, const float* g, float* m, float* v, Size n) {
    if constexpr (Formula::slots == 0) {
        for (Size i = 0; i < n; ++i) Formula::update(p[i], g[i], numbers);
    } else if constexpr (Formula::slots == 1) {
#pragma GCC ivdep
        for (Size i = 0; i < n; ++i) Formula::update(p[i], g[i], m[i], numbers);
    } else {
#pragma GCC ivdep
        for (Size i = 0; i < n; ++i) Formula::update(p[i], g[i], m[i], v[i], numbers);
    }
}

void update(const OptimizerAttributes& attributes, const formulas::UpdateNumbers<float>& numbers, float* p, const float* g, float* m, float* v, Size n) {
    formulas::dispatchUpdate(attributes, [&](auto formula) { updateLoop(formula, numbers, p, g, m, v, n); });
}

}  // namespace

void fillPointwise(Kernels& table) {
    table.unary = unary;
    table.unaryBackward = unaryBackward;
    table.binary = binary;
    table.copy = copy;
    table.interleave = interleave;
    table.takeApart = takeApart;
    table.update = update;
}

}  // namespace lamina::cpu::LAMINA_ISA
