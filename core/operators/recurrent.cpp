// RNN, GRU and LSTM in all of ONNX's forms. (Layers of Lamina's own have an op with a gradient: ops::recurrent.)
#include <algorithm>
#include <cmath>

#include "core/operators/numbers.h"
#include "core/operators/operator_type.h"

namespace lamina {
namespace {

using Activation = std::function<double(double)>;
using Numbers = std::vector<double>;

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

/// nullptr for an unknown name.
Activation activationOf(const std::string& name, double alpha, double beta, bool given) {
    const auto or_ = [given](double number, double otherwise) { return given ? number : otherwise; };
    if (name == "Sigmoid") return logistic;
    if (name == "Tanh") return [](double x) { return std::tanh(x); };
    if (name == "Relu") return [](double x) { return std::fmax(0, x); };
    if (name == "LeakyRelu") return [a = or_(alpha, 0.01)](double x) { return x < 0 ? a * x : x; };
    if (name == "HardSigmoid") return [a = or_(alpha, 0.2), b = or_(beta, 0.5)](double x) { return std::clamp(a * x + b, 0.0, 1.0); };
    if (name == "Elu") return [a = or_(alpha, 1)](double x) { return x < 0 ? a * std::expm1(x) : x; };
    if (name == "Softsign") return [](double x) { return x / (1 + std::fabs(x)); };
    if (name == "Softplus") return [](double x) { return std::log1p(std::exp(x)); };
    return nullptr;
}

struct RecurrentForm {
    int gates = 1;
    std::int64_t directions = 1, hidden = 0, time = 0, batch = 0, inputs = 0;
    bool backward = false, batchFirst = false, linearBeforeReset = false, inputForget = false;
    double clip = 0;
    std::vector<Activation> activations;  ///< per direction as many as `perDirection`
    std::size_t perDirection = 1;
};

/// x[T,N,C] (layout 1: [N,T,C]), w[D,G·H,C], r[D,G·H,H], b[D,2·G·H], lengths[N], h0[D,N,H], c0[D,N,H], peepholes[D,3·H].
Result<RecurrentForm> recurrentFormOf(const OperatorContext& context, int gates, const std::vector<std::string>& usual) {
    RecurrentForm form;
    form.gates = gates;
    const std::string direction = context.node.text("direction", "forward");
    if (direction != "forward" && direction != "reverse" && direction != "bidirectional") return context.badAttribute("direction");
    form.directions = direction == "bidirectional" ? 2 : 1;
    form.backward = direction == "reverse";
    form.batchFirst = context.node.integer("layout", 0) != 0;
    form.linearBeforeReset = context.node.integer("linear_before_reset", 0) != 0;
    form.inputForget = context.node.integer("input_forget", 0) != 0;
    form.clip = context.node.number("clip", 0);
    if (context.rank(0) != 3 || context.rank(1) != 3 || context.rank(2) != 3) return context.badShapes();
    const Shape& x = context.shape();
    form.time = x[form.batchFirst ? 1 : 0];
    form.batch = x[form.batchFirst ? 0 : 1];
    form.inputs = x[2];
    form.hidden = context.shape(2)[2];
    const std::int64_t rows = gates * form.hidden;
    if (context.node.integer("hidden_size", form.hidden) != form.hidden) return context.badAttribute("hidden_size");
    const Shape state = form.batchFirst ? Shape{form.batch, form.directions, form.hidden} : Shape{form.directions, form.batch, form.hidden};
    const std::vector<Shape> expected{
        x,     {form.directions, rows, form.inputs}, {form.directions, rows, form.hidden}, {form.directions, 2 * rows}, {form.batch}, state,
        state, {form.directions, 3 * form.hidden}};
    for (std::size_t i = 1; i < std::min(expected.size(), context.inputs()); ++i)
        if (context.has(i) && context.shape(i) != expected[i]) return context.badShapes();
    form.perDirection = usual.size();
    std::vector<std::string> names;
    for (std::int64_t d = 0; d < form.directions; ++d) names.insert(names.end(), usual.begin(), usual.end());
    const auto& attributes = context.node.attributes;
    const auto list = [&]<class T>(const char* name, T otherwise) {
        const auto found = attributes.find(name);
        const auto* given = found == attributes.end() ? nullptr : std::get_if<T>(&found->second);
        return given ? *given : otherwise;
    };
    names = list("activations", names);
    if (names.size() != usual.size() * static_cast<std::size_t>(form.directions)) return context.badAttribute("activations");
    const auto alphas = list("activation_alpha", Numbers{}), betas = list("activation_beta", Numbers{});
    for (std::size_t i = 0; i < names.size(); ++i) {
        form.activations.push_back(activationOf(names[i], i < alphas.size() ? alphas[i] : 0, i < betas.size() ? betas[i] : 0.5, i < alphas.size()));
        if (!form.activations.back()) return context.badAttribute("activations");
    }
    return form;
}

/// One direction's weights and the state of one item.
struct Cell {
    const RecurrentForm& form;
    const double *w, *r, *b, *peepholes;  ///< b and peepholes may be nullptr
    const Activation* f;

    /// Row `gate` of w·x + its bias; of r·h + its bias.
    double fromInput(std::int64_t gate, std::int64_t i, const double* x) const {
        const std::int64_t row = gate * form.hidden + i;
        double sum = b ? b[row] : 0;
        for (std::int64_t k = 0; k < form.inputs; ++k) sum += w[row * form.inputs + k] * x[k];
        return sum;
    }
    double fromState(std::int64_t gate, std::int64_t i, const double* h) const {
        const std::int64_t row = gate * form.hidden + i;
        double sum = b ? b[form.gates * form.hidden + row] : 0;
        for (std::int64_t k = 0; k < form.hidden; ++k) sum += r[row * form.hidden + k] * h[k];
        return sum;
    }
    double apply(std::size_t which, double x) const { return f[which](form.clip > 0 ? std::clamp(x, -form.clip, form.clip) : x); }
    double peephole(std::int64_t gate, std::int64_t i, double c) const { return peepholes ? peepholes[gate * form.hidden + i] * c : 0; }

    void simple(const double* x, double* h) const {
        Numbers next;
        for (std::int64_t i = 0; i < form.hidden; ++i) next.push_back(apply(0, fromInput(0, i, x) + fromState(0, i, h)));
        std::copy(next.begin(), next.end(), h);
    }
    /// Gates update, reset, hidden.
    void gru(const double* x, double* h) const {
        Numbers update, reset, gated, next;
        for (std::int64_t i = 0; i < form.hidden; ++i) {
            update.push_back(apply(0, fromInput(0, i, x) + fromState(0, i, h)));
            reset.push_back(apply(0, fromInput(1, i, x) + fromState(1, i, h)));
            gated.push_back(reset.back() * h[i]);
        }
        for (std::int64_t i = 0; i < form.hidden; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const double state = form.linearBeforeReset ? reset[at] * fromState(2, i, h) : fromState(2, i, gated.data());
            next.push_back((1 - update[at]) * apply(1, fromInput(2, i, x) + state) + update[at] * h[i]);
        }
        std::copy(next.begin(), next.end(), h);
    }
    /// Gates input, output, forget, cell; peepholes input, output, forget.
    void lstm(const double* x, double* h, double* c) const {
        Numbers next;
        for (std::int64_t i = 0; i < form.hidden; ++i) {
            const double in = apply(0, fromInput(0, i, x) + fromState(0, i, h) + peephole(0, i, c[i]));
            const double forget = form.inputForget ? 1 - in : apply(0, fromInput(2, i, x) + fromState(2, i, h) + peephole(2, i, c[i]));
            const double cell = forget * c[i] + in * apply(1, fromInput(3, i, x) + fromState(3, i, h));
            const double out = apply(0, fromInput(1, i, x) + fromState(1, i, h) + peephole(1, i, cell));
            c[i] = cell;
            next.push_back(out * f[2](cell));
        }
        std::copy(next.begin(), next.end(), h);
    }
};

struct States {
    Numbers y, h, c;  ///< y[T,D,N,H], h and c [D,N,H], or batch first: y[N,T,D,H], h and c [N,D,H]
};

std::size_t statePlace(const RecurrentForm& form, std::int64_t d, std::int64_t n) {
    return static_cast<std::size_t>((form.batchFirst ? n * form.directions + d : d * form.batch + n) * form.hidden);
}
std::size_t outputPlace(const RecurrentForm& form, std::int64_t t, std::int64_t d, std::int64_t n) {
    return static_cast<std::size_t>((form.batchFirst ? (n * form.time + t) * form.directions + d : (t * form.directions + d) * form.batch + n) *
                                    form.hidden);
}

Numbers optional(std::span<const HostTensor> in, std::size_t i) { return i < in.size() && in[i].data ? load<double>(in[i]) : Numbers{}; }

void runSequence(const RecurrentForm& form, std::span<const HostTensor> in, States& states) {
    const Numbers x = load<double>(in[0]), w = load<double>(in[1]), r = load<double>(in[2]), b = optional(in, 3), lengths = optional(in, 4),
                  peepholes = optional(in, 7);
    const std::int64_t rows = form.gates * form.hidden;
    for (std::int64_t d = 0; d < form.directions; ++d) {
        const Cell cell{form,
                        w.data() + d * rows * form.inputs,
                        r.data() + d * rows * form.hidden,
                        b.empty() ? nullptr : b.data() + d * 2 * rows,
                        peepholes.empty() ? nullptr : peepholes.data() + d * 3 * form.hidden,
                        form.activations.data() + static_cast<std::size_t>(d) * form.perDirection};
        for (std::int64_t n = 0; n < form.batch; ++n) {
            double *h = states.h.data() + statePlace(form, d, n), *c = states.c.data() + statePlace(form, d, n);
            const std::int64_t length =
                lengths.empty() ? form.time : std::clamp<std::int64_t>(static_cast<std::int64_t>(lengths[static_cast<std::size_t>(n)]), 0, form.time);
            for (std::int64_t step = 0; step < length; ++step) {
                const std::int64_t t = form.backward || d == 1 ? length - 1 - step : step;
                const double* item = x.data() + (form.batchFirst ? n * form.time + t : t * form.batch + n) * form.inputs;
                if (form.gates == 1) cell.simple(item, h);
                else if (form.gates == 3) cell.gru(item, h);
                else cell.lstm(item, h, c);
                std::copy(h, h + form.hidden, states.y.begin() + static_cast<std::ptrdiff_t>(outputPlace(form, t, d, n)));
            }
        }
    }
}

Operands recurrent(OperatorContext& context, int gates, const std::vector<std::string>& usual) {
    LAMINA_TRY(const RecurrentForm form, recurrentFormOf(context, gates, usual));
    const Shape state = form.batchFirst ? Shape{form.batch, form.directions, form.hidden} : Shape{form.directions, form.batch, form.hidden};
    const Shape y =
        form.batchFirst ? Shape{form.batch, form.time, form.directions, form.hidden} : Shape{form.time, form.directions, form.batch, form.hidden};
    std::vector<OpType::Output> outputs{{y, context.type()}, {state, context.type()}};
    if (gates == 4) outputs.push_back({state, context.type()});
    return context.host(outputs, [form](auto in, auto out) {
        States states{Numbers(static_cast<std::size_t>(out[0].count())), optional(in, 5), optional(in, 6)};
        states.h.resize(static_cast<std::size_t>(out[1].count()));
        states.c.resize(states.h.size());
        runSequence(form, in, states);
        store(out[0], states.y);
        store(out[1], states.h);
        if (out.size() > 2) store(out[2], states.c);
    });
}

Operands simple(OperatorContext& context) { return recurrent(context, 1, {"Tanh"}); }
Operands gru(OperatorContext& context) { return recurrent(context, 3, {"Sigmoid", "Tanh"}); }
Operands lstm(OperatorContext& context) { return recurrent(context, 4, {"Sigmoid", "Tanh", "Tanh"}); }

}  // namespace

const OperatorFamily& recurrent_operators() {
    using namespace types;
    static const std::vector<TypeSet> inputs{reals, reals, reals, reals, of(DType::Int32), reals, reals, reals};
    static const OperatorFamily family{{
        {.name = "RNN", .since = 7, .types = inputs, .translate = simple, .minimumInputs = 3},
        {.name = "GRU", .since = 7, .types = inputs, .translate = gru, .minimumInputs = 3},
        {.name = "LSTM", .since = 7, .types = inputs, .translate = lstm, .minimumInputs = 3},
    }};
    return family;
}

}  // namespace lamina
