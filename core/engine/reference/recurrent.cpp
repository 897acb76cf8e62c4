#include <algorithm>
#include <cmath>
#include <vector>

#include "core/engine/ops/recurrent.h"
#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace recurrent_kernel {

using Numbers = std::vector<double>;

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

/// Sizes, and where the reserve [T, N, K·H] keeps what belongs to an item at a time: the gates, one more block, and last the state before.
struct Sizes {
    RecurrentAttributes attributes;
    std::int64_t batch, times, channels, units, gates, kept;

    explicit Sizes(const Call& call)
        : attributes(call.as<RecurrentAttributes>()),
          batch(call.inShape(0)[0]),
          times(call.inShape(0)[1]),
          channels(call.inShape(0)[2]),
          units(call.inShape(2)[1]),
          gates(recurrentGates(attributes.kind)),
          kept(recurrentReserve(attributes.kind)) {}

    std::int64_t time(std::int64_t step) const { return attributes.reverse ? times - 1 - step : step; }
    template <class T> T* reserve(T* all, std::int64_t n, std::int64_t t) const { return all + (t * batch + n) * kept * units; }
    template <class T> T* extra(T* all, std::int64_t n, std::int64_t t) const { return reserve(all, n, t) + gates * units; }
    template <class T> T* before(T* all, std::int64_t n, std::int64_t t) const { return reserve(all, n, t) + (kept - 1) * units; }
};

/// How many times of item n count.
template <class T>
std::int64_t lengthOf(const Call& call, const Sizes& s, std::int64_t n) {
    if (!s.attributes.lengths) return s.times;
    if (call.graph->value(call.op->inputs[5]).type == DType::Int32) return call.in<std::int32_t>(5)[n];
    return std::llround(static_cast<double>(call.in<T>(5)[n]));
}

/// row · v, over `count` numbers.
template <class A, class B>
double dot(const A* row, const B* v, std::int64_t count) {
    double sum = 0;
    for (std::int64_t k = 0; k < count; ++k) sum += static_cast<double>(row[k]) * static_cast<double>(v[k]);
    return sum;
}

/// One item through all its times; h and c are its state.
template <class T>
class Forward {
public:
    Forward(const Call& call, std::int64_t n) : m_call(call), m_s(call), m_n(n), m_h(static_cast<std::size_t>(m_s.units)), m_c(m_h) {}

    void run() {
        const std::int64_t length = lengthOf<T>(m_call, m_s, m_n);
        for (std::int64_t step = 0; step < m_s.times; ++step) {
            const std::int64_t t = m_s.time(step);
            for (std::int64_t j = 0; j < m_s.units; ++j) m_s.before(m_call.out<T>(1), m_n, t)[j] = static_cast<T>(at(m_h, j));
            if (t < length) advance(t);
            else stop(t);
            for (std::int64_t j = 0; j < m_s.units; ++j) m_call.out<T>()[(m_n * m_s.times + t) * m_s.units + j] = static_cast<T>(at(m_h, j));
        }
    }

private:
    static double& at(Numbers& v, std::int64_t j) { return v[static_cast<std::size_t>(j)]; }

    void stop(std::int64_t t) {
        std::fill(m_h.begin(), m_h.end(), 0.0);
        std::fill(m_c.begin(), m_c.end(), 0.0);
        std::fill_n(m_s.reserve(m_call.out<T>(1), m_n, t), m_s.kept * m_s.units, T(0));
    }

    double fromInput(std::int64_t row, std::int64_t t) const {
        const T* x = m_call.in<T>(0) + (m_n * m_s.times + t) * m_s.channels;
        return dot(m_call.in<T>(1) + row * m_s.channels, x, m_s.channels) + m_call.in<T>(3)[row];
    }
    double fromState(std::int64_t row) const { return dot(m_call.in<T>(2) + row * m_s.units, m_h.data(), m_s.units) + m_call.in<T>(4)[row]; }

    void advance(std::int64_t t) {
        Numbers next(m_h.size());
        for (std::int64_t j = 0; j < m_s.units; ++j) {
            T *gates = m_s.reserve(m_call.out<T>(1), m_n, t) + j, *extra = m_s.extra(m_call.out<T>(1), m_n, t) + j;
            switch (m_s.attributes.kind) {
                case RecurrentKind::Simple: at(next, j) = simple(j, t, gates); break;
                case RecurrentKind::Lstm: at(next, j) = lstm(j, t, gates, extra); break;
                case RecurrentKind::Gru: at(next, j) = gru(j, t, gates, extra); break;
            }
        }
        m_h = next;
    }

    double simple(std::int64_t j, std::int64_t t, T* gate) const {
        const double sum = fromInput(j, t) + fromState(j), h = m_s.attributes.relu ? std::max(sum, 0.0) : std::tanh(sum);
        *gate = static_cast<T>(h);
        return h;
    }

    double lstm(std::int64_t j, std::int64_t t, T* gates, T* cell) {
        const std::int64_t units = m_s.units;
        double gate[4];
        for (std::int64_t k = 0; k < 4; ++k) {
            const double sum = fromInput(k * units + j, t) + fromState(k * units + j);
            gate[k] = k == 3 ? std::tanh(sum) : sigmoid(sum);
            gates[k * units] = static_cast<T>(gate[k]);
        }
        at(m_c, j) = gate[2] * at(m_c, j) + gate[0] * gate[3];
        *cell = static_cast<T>(at(m_c, j));
        return gate[1] * std::tanh(at(m_c, j));
    }

    double gru(std::int64_t j, std::int64_t t, T* gates, T* recurrent) {
        const std::int64_t units = m_s.units;
        const double update = sigmoid(fromInput(j, t) + fromState(j)), reset = sigmoid(fromInput(units + j, t) + fromState(units + j));
        const double side = fromState(2 * units + j), hidden = std::tanh(fromInput(2 * units + j, t) + reset * side);
        gates[0] = static_cast<T>(update);
        gates[units] = static_cast<T>(reset);
        gates[2 * units] = static_cast<T>(hidden);
        *recurrent = static_cast<T>(side);
        return (1 - update) * hidden + update * at(m_h, j);
    }

    const Call& m_call;
    const Sizes m_s;
    const std::int64_t m_n;
    Numbers m_h, m_c;
};

template <class T>
void forward(const Call& call, const StepContext&) {
    for (std::int64_t n = 0; n < call.inShape(0)[0]; ++n) Forward<T>(call, n).run();
}

/// One item from its last step back to the first; dh and dc are what the step before gets from its successor. What all items add to is collected
/// in double: dx, dw, dr, db, drb.
template <class T>
class Backward {
public:
    Backward(const Call& call, std::int64_t n, std::vector<Numbers>& sums)
        : m_call(call), m_s(call), m_n(n), m_sums(sums), m_dh(static_cast<std::size_t>(m_s.units)), m_dc(m_dh), m_atInput(size(m_s.gates * m_s.units)),
          m_atState(m_atInput) {}

    void run() {
        const std::int64_t length = lengthOf<T>(m_call, m_s, m_n);
        for (std::int64_t step = m_s.times - 1; step >= 0; --step) {
            const std::int64_t t = m_s.time(step);
            if (t < length) goBack(t, step);
            else {
                std::fill(m_dh.begin(), m_dh.end(), 0.0);
                std::fill(m_dc.begin(), m_dc.end(), 0.0);
            }
        }
    }

private:
    static std::size_t size(std::int64_t count) { return static_cast<std::size_t>(count); }

    void goBack(std::int64_t t, std::int64_t step) {
        Numbers passed(m_dh.size());  // to the state before, past the gates
        for (std::int64_t j = 0; j < m_s.units; ++j) {
            const double dh = m_call.in<T>(4)[(m_n * m_s.times + t) * m_s.units + j] + m_dh[size(j)];
            switch (m_s.attributes.kind) {
                case RecurrentKind::Simple: simple(j, t, dh); break;
                case RecurrentKind::Lstm: lstm(j, t, step, dh); break;
                case RecurrentKind::Gru: passed[size(j)] = gru(j, t, dh); break;
            }
        }
        m_dh = passed;
        spread(t);
    }

    void setGate(std::int64_t gate, std::int64_t j, double d) { m_atInput[size(gate * m_s.units + j)] = m_atState[size(gate * m_s.units + j)] = d; }

    void simple(std::int64_t j, std::int64_t t, double dh) {
        const double h = m_s.reserve(m_call.in<T>(3), m_n, t)[j];
        setGate(0, j, m_s.attributes.relu ? (h > 0 ? dh : 0) : dh * (1 - h * h));
    }

    void lstm(std::int64_t j, std::int64_t t, std::int64_t step, double dh) {
        const T* gates = m_s.reserve(m_call.in<T>(3), m_n, t) + j;
        const double i = gates[0], o = gates[m_s.units], f = gates[2 * m_s.units], g = gates[3 * m_s.units];
        const double c = m_s.extra(m_call.in<T>(3), m_n, t)[j], before = step > 0 ? m_s.extra(m_call.in<T>(3), m_n, m_s.time(step - 1))[j] : T(0);
        const double bent = std::tanh(c), dc = m_dc[size(j)] + dh * o * (1 - bent * bent);
        setGate(0, j, dc * g * i * (1 - i));
        setGate(1, j, dh * bent * o * (1 - o));
        setGate(2, j, dc * before * f * (1 - f));
        setGate(3, j, dc * i * (1 - g * g));
        m_dc[size(j)] = dc * f;
    }

    double gru(std::int64_t j, std::int64_t t, double dh) {
        const T* gates = m_s.reserve(m_call.in<T>(3), m_n, t) + j;
        const double z = gates[0], r = gates[m_s.units], hidden = gates[2 * m_s.units];
        const double side = m_s.extra(m_call.in<T>(3), m_n, t)[j], before = m_s.before(m_call.in<T>(3), m_n, t)[j];
        const double dHidden = dh * (1 - z) * (1 - hidden * hidden);
        setGate(0, j, dh * (before - hidden) * z * (1 - z));
        setGate(1, j, dHidden * side * r * (1 - r));
        setGate(2, j, dHidden);
        m_atState[size(2 * m_s.units + j)] = dHidden * r;
        return dh * z;
    }

    /// The gates' gradients on to x, the weights and the state before.
    void spread(std::int64_t t) {
        const T *x = m_call.in<T>(0), *w = m_call.in<T>(1), *r = m_call.in<T>(2), *before = m_s.before(m_call.in<T>(3), m_n, t);
        const std::int64_t channels = m_s.channels, units = m_s.units, item = (m_n * m_s.times + t) * channels;
        for (std::int64_t row = 0; row < m_s.gates * units; ++row) {
            const double input = m_atInput[size(row)], state = m_atState[size(row)];
            for (std::int64_t c = 0; c < channels; ++c) {
                m_sums[0][size(item + c)] += input * w[row * channels + c];
                m_sums[1][size(row * channels + c)] += input * x[item + c];
            }
            for (std::int64_t k = 0; k < units; ++k) {
                m_dh[size(k)] += state * r[row * units + k];
                m_sums[2][size(row * units + k)] += state * before[k];
            }
            m_sums[3][size(row)] += input;
            m_sums[4][size(row)] += state;
        }
    }

    const Call& m_call;
    const Sizes m_s;
    const std::int64_t m_n;
    std::vector<Numbers>& m_sums;
    Numbers m_dh, m_dc, m_atInput, m_atState;
};

template <class T>
void backward(const Call& call, const StepContext&) {
    std::vector<Numbers> sums;
    for (std::size_t i = 0; i < 5; ++i) sums.emplace_back(static_cast<std::size_t>(elementCount(call.outShape(i))), 0.0);
    for (std::int64_t n = 0; n < call.inShape(0)[0]; ++n) Backward<T>(call, n, sums).run();
    for (std::size_t i = 0; i < 5; ++i) std::transform(sums[i].begin(), sums[i].end(), call.out<T>(i), [](double x) { return static_cast<T>(x); });
}

}  // namespace recurrent_kernel

Kernels recurrent() {
    using namespace recurrent_kernel;
    return {forward<float>, forward<double>};
}
Kernels recurrentBackward() {
    using namespace recurrent_kernel;
    return {backward<float>, backward<double>};
}

}  // namespace lamina::reference
