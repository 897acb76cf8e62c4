// All that differs between oneDNN 2.x and 3.x, and nothing else.
#pragma once

#include <oneapi/dnnl/dnnl.hpp>
#include <string>

namespace lamina::cpu::onednn {

struct Convolution {
    dnnl::memory::dims strides, dilations, padLow, padHigh;
};

inline dnnl::engine& engine() {
    static dnnl::engine cpu(dnnl::engine::kind::cpu, 0);
    return cpu;
}

/// The caller gives the memory for scratchpads, so that one primitive may run on several threads.
inline dnnl::primitive_attr attributes() {
    dnnl::primitive_attr result;
    result.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    return result;
}

inline dnnl::primitive_attr attributesWithRelu(float slope) {
    dnnl::post_ops after;
#if DNNL_VERSION_MAJOR >= 3
    after.append_eltwise(dnnl::algorithm::eltwise_relu, slope, 0);
#else
    after.append_eltwise(1.0f, dnnl::algorithm::eltwise_relu, slope, 0);
#endif
    dnnl::primitive_attr result = attributes();
    result.set_post_ops(after);
    return result;
}

using Forward = dnnl::convolution_forward::primitive_desc;
using BackwardData = dnnl::convolution_backward_data::primitive_desc;
using BackwardWeights = dnnl::convolution_backward_weights::primitive_desc;
using Description = dnnl::memory::desc;

/// `bias` may be an empty description. `forUse`: weights may be wanted in a form that only inference can take.
inline Forward forward(dnnl::algorithm algorithm, const Description& src, const Description& weights, const Description& bias, const Description& dst,
                       const Convolution& c, const dnnl::primitive_attr& attr, bool forUse = false) {
    const auto kind = forUse ? dnnl::prop_kind::forward_inference : dnnl::prop_kind::forward_training;
#if DNNL_VERSION_MAJOR >= 3
    return Forward(engine(), kind, algorithm, src, weights, bias, dst, c.strides, c.dilations, c.padLow, c.padHigh, attr);
#else
    return Forward(dnnl::convolution_forward::desc(kind, algorithm, src, weights, bias, dst, c.strides, c.dilations, c.padLow, c.padHigh), attr,
                   engine());
#endif
}

inline BackwardData backwardData(dnnl::algorithm algorithm, const Description& src, const Description& weights, const Description& dst,
                                 const Convolution& c, const Forward& hint) {
#if DNNL_VERSION_MAJOR >= 3
    return BackwardData(engine(), algorithm, src, weights, dst, c.strides, c.dilations, c.padLow, c.padHigh, hint, attributes());
#else
    return BackwardData(dnnl::convolution_backward_data::desc(algorithm, src, weights, dst, c.strides, c.dilations, c.padLow, c.padHigh),
                        attributes(), engine(), hint);
#endif
}

inline BackwardWeights backwardWeights(dnnl::algorithm algorithm, const Description& src, const Description& weights, const Description& bias,
                                       const Description& dst, const Convolution& c, const Forward& hint) {
#if DNNL_VERSION_MAJOR >= 3
    return BackwardWeights(engine(), algorithm, src, weights, bias, dst, c.strides, c.dilations, c.padLow, c.padHigh, hint, attributes());
#else
    return BackwardWeights(dnnl::convolution_backward_weights::desc(algorithm, src, weights, bias, dst, c.strides, c.dilations, c.padLow, c.padHigh),
                           attributes(), engine(), hint);
#endif
}

inline std::string version() {
    const dnnl_version_t* v = dnnl_version();
    return std::to_string(v->major) + "." + std::to_string(v->minor) + "." + std::to_string(v->patch);
}

}  // namespace lamina::cpu::onednn
