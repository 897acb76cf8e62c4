#include "app/bench/networks.h"

namespace lamina::bench {

namespace {

using Json = nlohmann::json;

/// Grows a network at its end.
class Builder {
public:
    explicit Builder(const std::vector<std::int64_t>& input) { m_end = m_network.append("input", {{"shape", input}}); }

    const std::string& end() const { return m_end; }
    void goBackTo(const std::string& id) { m_end = id; }
    Builder& layer(const std::string& type, Json settings = Json::object()) {
        m_end = m_network.append(type, std::move(settings), m_end);
        return *this;
    }
    Builder& dense(std::int64_t units) { return layer("dense", {{"units", units}}); }
    Builder& relu() { return layer("relu"); }
    Builder& convolution(std::int64_t filters, std::int64_t kernel, std::int64_t stride, std::int64_t margin, bool bias) {
        return layer("conv2d", {{"filters", filters},
                                {"kernel", {kernel, kernel}},
                                {"stride", {stride, stride}},
                                {"padding", "custom"},
                                {"margins", {margin, margin, margin, margin}},
                                {"bias", bias}});
    }
    /// The same dense map for every step of a series of channels.
    Builder& eachStep(std::int64_t units) { return layer("conv1d", {{"filters", units}, {"kernel", 1}}); }
    Builder& maxPool(std::int64_t kernel, std::int64_t stride) {
        return layer("max_pool2d", {{"kernel", {kernel, kernel}}, {"stride", {stride, stride}}, {"padding", "valid"}});
    }
    /// A layer of two inputs: the end and another node.
    Builder& join(const std::string& type, const std::string& other) {
        layer(type);
        m_network.edges.push_back({other, m_end, 1});
        return *this;
    }
    Network take() { return std::move(m_network); }

private:
    Network m_network;
    std::string m_end;
};

void addResidualBlock(Builder& b, std::int64_t filters, std::int64_t stride) {
    const std::string start = b.end();
    b.convolution(filters, 3, stride, 1, false).layer("batch_norm").relu().convolution(filters, 3, 1, 1, false).layer("batch_norm");
    const std::string body = b.end();
    b.goBackTo(start);
    if (stride != 1) b.convolution(filters, 1, stride, 0, false).layer("batch_norm");
    const std::string shortcut = b.end();
    b.goBackTo(body);
    b.join("add", shortcut).relu();
}

void addFire(Builder& b, std::int64_t squeezed, std::int64_t expanded) {
    b.convolution(squeezed, 1, 1, 0, true).relu();
    const std::string start = b.end();
    const std::string narrow = b.convolution(expanded, 1, 1, 0, true).relu().end();
    b.goBackTo(start);
    const std::string wide = b.convolution(expanded, 3, 1, 1, true).relu().end();
    b.goBackTo(narrow);
    b.join("concat", wide);
}

void addEncoderLayer(Builder& b) {
    const std::string start = b.end();
    b.layer("multi_head_attention", {{"heads", 4}}).join("add", start).layer("layer_norm");
    const std::string middle = b.end();
    b.layer("permute", {{"order", {2, 1}}}).eachStep(512).layer("gelu").eachStep(128).layer("permute", {{"order", {2, 1}}});
    b.join("add", middle).layer("layer_norm");
}

}  // namespace

MeasuredNetwork mlp() {
    Builder b({784});
    b.dense(1024).relu().dense(512).relu().dense(10).layer("softmax");
    return {"mlp", "MLP 784-1024-512-10", b.take()};
}

MeasuredNetwork smallMlp() {
    Builder b({784});
    b.dense(64).relu().dense(1).layer("sigmoid");
    return {"small", "MLP 784-64-1", b.take(), "binary_cross_entropy"};
}

MeasuredNetwork lenet() {
    Builder b({1, 28, 28});
    b.convolution(32, 3, 1, 0, true).relu().maxPool(2, 2).convolution(64, 3, 1, 0, true).relu().maxPool(2, 2);
    b.layer("flatten").dense(128).relu().dense(10).layer("softmax");
    return {"lenet", "LeNet-like network", b.take()};
}

MeasuredNetwork resnet18() {
    Builder b({3, 32, 32});
    b.convolution(64, 3, 1, 1, false).layer("batch_norm").relu();
    for (const std::int64_t filters : {64, 128, 256, 512}) {
        addResidualBlock(b, filters, filters == 64 ? 1 : 2);
        addResidualBlock(b, filters, 1);
    }
    b.layer("global_average_pool").dense(10).layer("softmax");
    return {"resnet18", "ResNet-18, 32×32", b.take()};
}

MeasuredNetwork squeezenet() {
    Builder b({3, 224, 224});
    b.convolution(64, 3, 2, 0, true).relu().maxPool(3, 2);
    addFire(b, 16, 64);
    addFire(b, 16, 64);
    b.maxPool(3, 2);
    addFire(b, 32, 128);
    addFire(b, 32, 128);
    b.maxPool(3, 2);
    addFire(b, 48, 192);
    addFire(b, 48, 192);
    addFire(b, 64, 256);
    addFire(b, 64, 256);
    b.convolution(1000, 1, 1, 0, true).relu().layer("global_average_pool").layer("softmax");
    return {"squeezenet", "SqueezeNet 1.1, 224×224", b.take()};
}

MeasuredNetwork lstm() {
    Builder b({64, 64});
    b.layer("lstm", {{"units", 256}, {"sequences", false}}).dense(10).layer("softmax");
    return {"lstm", "LSTM 256, 64 steps of 64", b.take()};
}

MeasuredNetwork transformer() {
    Builder b({64, 128});
    addEncoderLayer(b);
    addEncoderLayer(b);
    b.layer("permute", {{"order", {2, 1}}}).layer("global_average_pool").dense(10).layer("softmax");
    return {"transformer", "transformer, 2 encoder layers of width 128, 64 steps", b.take()};
}

std::vector<MeasuredNetwork> allNetworks() { return {mlp(), smallMlp(), lenet(), resnet18(), squeezenet(), lstm(), transformer()}; }

}  // namespace lamina::bench
