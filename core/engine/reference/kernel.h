// What a reference kernel sees: its op, the shapes, the memory. One kernel per op, a template over float and double; sums are made in double.
#pragma once

#include "core/engine/device.h"
#include "core/engine/graph.h"
#include "core/tensor/bfloat16.h"

namespace lamina::reference {

struct Call {
    const Graph* graph = nullptr;
    const Op* op = nullptr;
    std::vector<void*> inputs, outputs;

    template <class T> T* in(std::size_t i) const { return static_cast<T*>(inputs[i]); }
    template <class T> T* out(std::size_t i = 0) const { return static_cast<T*>(outputs[i]); }
    const Shape& inShape(std::size_t i) const { return graph->shape(op->inputs[i]); }
    const Shape& outShape(std::size_t i = 0) const { return graph->shape(op->outputs[i]); }
    template <class A> const A& as() const { return op->as<A>(); }
};

/// An input as it is multiplied: rounded where the op's precision says so.
template <class T>
class Operand {
public:
    Operand(const Call& call, std::size_t i, Precision precision) : m_given(call.in<T>(i)) {
        if (precision == Precision::Float32) return;
        m_rounded.assign(m_given, m_given + elementCount(call.inShape(i)));
        for (T& number : m_rounded) number = roundToBfloat16(static_cast<float>(number));
    }
    const T* data() const { return m_rounded.empty() ? m_given : m_rounded.data(); }

private:
    const T* m_given;
    std::vector<T> m_rounded;
};

using Kernel = void (*)(const Call&, const StepContext&);
struct Kernels {
    Kernel float32, float64;
};

// One per op, in the file of that name (a forward op and its gradient share one).
Kernels gemm();
Kernels conv2d();
Kernels conv2dBackwardData();
Kernels conv2dBackwardWeights();
Kernels maxPool2d();
Kernels maxPool2dBackward();
Kernels averagePool2d();
Kernels averagePool2dBackward();
Kernels unary();
Kernels unaryBackward();
Kernels binary();
Kernels reduce();
Kernels broadcast();
Kernels reshape();
Kernels concat();
Kernels slice();
Kernels transpose();
Kernels pad();
Kernels matMul();
Kernels gather();
Kernels gatherBackward();
Kernels oneHot();
Kernels softmax();
Kernels softmaxBackward();
Kernels logSoftmax();
Kernels crossEntropy();
Kernels crossEntropyBackward();
Kernels binaryCrossEntropy();
Kernels binaryCrossEntropyBackward();
Kernels batchNormTraining();
Kernels batchNormInference();
Kernels batchNormBackward();
Kernels layerNorm();
Kernels layerNormBackward();
Kernels recurrent();
Kernels recurrentBackward();
Kernels dropout();
Kernels gaussianNoise();
Kernels allFinite();
Kernels optimizerUpdate();
Kernels hostFunction();

}  // namespace lamina::reference
