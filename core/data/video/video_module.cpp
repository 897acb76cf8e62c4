// Films through FFmpeg's libraries. A film may be hostile: its bytes come through one function, no other file or address is ever opened, and
// only well-known containers and codecs are let in.
#include "core/data/video/video_interface.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <deque>
#include <functional>
#include <memory>
#include <new>
#include <queue>
#include <vector>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avstring.h>
#include <libavutil/display.h>
#include <libswscale/swscale.h>
}

namespace {

/// Decoders that people's films need; FFmpeg has hundreds that nobody looks after.
constexpr const char* allowedCodecs =
    "h264,hevc,libdav1d,libaom-av1,av1,vp8,vp9,mpeg4,mpeg1video,mpeg2video,h263,msmpeg4,msmpeg4v2,wmv1,wmv2,vc1,theora,mjpeg,prores,dnxhd,dvvideo,"
    "ffv1,huffyuv,ffvhuff,utvideo,rawvideo,png,qtrle,cinepak,svq1,svq3,flv";
constexpr std::size_t largestAllocation = std::size_t{1} << 30;
constexpr int readBuffer = 1 << 16;
/// Packets between two key frames that are held back until it is known whether any of them is wanted.
constexpr std::size_t heldBytes = std::size_t{32} << 20, heldPackets = 4096;

struct Freed {
    void operator()(AVFormatContext* p) const { avformat_close_input(&p); }
    void operator()(AVCodecContext* p) const { avcodec_free_context(&p); }
    void operator()(AVPacket* p) const { av_packet_free(&p); }
    void operator()(AVFrame* p) const { av_frame_free(&p); }
    void operator()(SwsContext* p) const { sws_freeContext(p); }
    void operator()(AVIOContext* p) const {
        av_freep(&p->buffer);
        avio_context_free(&p);
    }
    void operator()(std::uint8_t* p) const { av_free(p); }
};
template <class T> using Owned = std::unique_ptr<T, Freed>;

int resultOf(int error) {
    if (error == AVERROR_EOF) return LAMINA_VIDEO_END;
    if (error == AVERROR_EXIT) return LAMINA_VIDEO_STOPPED;
    if (error == AVERROR(ENOMEM)) return LAMINA_VIDEO_NO_MEMORY;
    if (error == AVERROR_DECODER_NOT_FOUND) return LAMINA_VIDEO_UNKNOWN_CODEC;
    if (error == AVERROR_STREAM_NOT_FOUND) return LAMINA_VIDEO_NO_PICTURES;
    return LAMINA_VIDEO_DAMAGED;
}

/// The bytes with a place in them, as FFmpeg wants to read.
struct Reader {
    LaminaVideoBytes bytes;
    std::int64_t at = 0;
};

int readBytes(void* opaque, std::uint8_t* into, int count) {
    auto& reader = *static_cast<Reader*>(opaque);
    const std::int64_t got = reader.bytes.read(reader.bytes.context, reader.at, into, count);
    if (got < 0) return AVERROR_EXIT;
    reader.at += got;
    return got == 0 ? AVERROR_EOF : static_cast<int>(got);
}

std::int64_t seekBytes(void* opaque, std::int64_t offset, int whence) {
    auto& reader = *static_cast<Reader*>(opaque);
    if (whence & AVSEEK_SIZE) return reader.bytes.size;
    whence &= ~AVSEEK_FORCE;
    if (whence == SEEK_CUR) offset += reader.at;
    else if (whence == SEEK_END) offset += reader.bytes.size;
    if (offset < 0) return AVERROR(EINVAL);
    return reader.at = offset;
}

int askStopped(void* opaque) {
    const auto& reader = *static_cast<Reader*>(opaque);
    return reader.bytes.stopped(reader.bytes.context);
}

int refuseOtherFiles(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) { return AVERROR(EPERM); }

const std::int32_t* displayMatrix(const AVStream& stream) {
#if LIBAVFORMAT_VERSION_INT >= AV_VERSION_INT(60, 15, 100)
    const auto* data = av_packet_side_data_get(stream.codecpar->coded_side_data, stream.codecpar->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
    return data && data->size >= 36 ? reinterpret_cast<const std::int32_t*>(data->data) : nullptr;
#else
    std::size_t size = 0;
    const auto* data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    return data && size >= 36 ? reinterpret_cast<const std::int32_t*>(data) : nullptr;
#endif
}

/// A picture's point (x, y) is shown at (a x + c y, b x + d y); what is not a multiple of 90° is taken for the nearest.
int orientationOf(const std::int32_t* matrix) {
    if (!matrix) return 1;
    const std::int64_t a = matrix[0], b = matrix[1], c = matrix[3], d = matrix[4];
    if (std::abs(a) + std::abs(d) >= std::abs(b) + std::abs(c)) return a < 0 ? (d < 0 ? 3 : 2) : d < 0 ? 4 : 1;
    return b > 0 ? (c < 0 ? 6 : 5) : c < 0 ? 7 : 8;
}

/// The colour space to read it as: where a film does not say, large ones are BT.709.
int coefficientsOf(const AVFrame& frame) {
    if (frame.colorspace == AVCOL_SPC_UNSPECIFIED || frame.colorspace == AVCOL_SPC_RGB || frame.colorspace > AVCOL_SPC_BT2020_CL)
        return frame.height >= 720 ? SWS_CS_ITU709 : SWS_CS_ITU601;
    return frame.colorspace;
}

}  // namespace

struct LaminaVideo {
public:
    int open(const LaminaVideoBytes& bytes, const char* container, const LaminaVideoLimits& limits, LaminaVideoInfo& info);
    int next(double seconds, std::int64_t number, LaminaVideoFrame& found);
    int draw(int width, int height, std::uint8_t* planes);
    LaminaVideoRemarks remarks{0, -1, 0};

private:
    int openContainer(const char* container);
    int openDecoder(const LaminaVideoLimits& limits, LaminaVideoInfo& info);
    void describe(LaminaVideoInfo& info) const;
    int feed(double seconds, std::int64_t number);
    int readPacket(Owned<AVPacket>& packet);
    int fillGroup();
    bool mayBeSkipped(double seconds, std::int64_t number) const;
    void skipGroup();
    int send(const AVPacket* packet);
    bool accept(double seconds, std::int64_t number, LaminaVideoFrame& found);
    void count(std::int64_t time) {
        if (m_ranked) m_times.push(time);
    }
    std::int64_t numberOf(std::int64_t time);
    std::int64_t frameSteps() const;
    double secondsOf(std::int64_t time) const {
        const double since = m_start == AV_NOPTS_VALUE ? 0 : static_cast<double>(m_start);
        return (static_cast<double>(time) - since) * m_stream->time_base.num / m_stream->time_base.den;
    }

    Reader m_reader{};
    Owned<AVIOContext> m_io;
    Owned<AVFormatContext> m_format;
    AVStream* m_stream = nullptr;
    Owned<AVCodecContext> m_codec;
    Owned<AVFrame> m_frame;
    Owned<SwsContext> m_scaler;
    Owned<std::uint8_t> m_rows;
    std::size_t m_rowsSize = 0;

    std::int64_t m_start = AV_NOPTS_VALUE;
    std::int64_t m_last = AV_NOPTS_VALUE;      ///< time of the frame before
    std::int64_t m_number = 0;                 ///< of the next frame, where frames are counted; else how many times are below all in m_times
    /// In containers that date every packet a frame's number is how many packets are dated before it; groups of packets between key frames of which
    /// no frame is wanted are then never decoded.
    bool m_ranked = false;
    std::priority_queue<std::int64_t, std::vector<std::int64_t>, std::greater<>> m_times;
    std::int64_t m_packets = 0;                ///< dated so far
    std::deque<Owned<AVPacket>> m_group;       ///< from one key frame up to the next
    std::size_t m_groupBytes = 0;
    Owned<AVPacket> m_nextKey;
    bool m_wholeGroup = false, m_decided = false, m_ended = false, m_drained = false, m_afterSkip = false;
    std::int64_t m_notBefore = INT64_MIN;      ///< what lies before the key frame behind a gap leans on frames that were left out
};

int LaminaVideo::open(const LaminaVideoBytes& bytes, const char* container, const LaminaVideoLimits& limits, LaminaVideoInfo& info) {
    m_reader.bytes = bytes;
    m_frame.reset(av_frame_alloc());
    auto* buffer = static_cast<std::uint8_t*>(av_malloc(readBuffer));
    if (!m_frame || !buffer) return LAMINA_VIDEO_NO_MEMORY;
    m_io.reset(avio_alloc_context(buffer, readBuffer, 0, &m_reader, readBytes, nullptr, seekBytes));
    if (!m_io) {
        av_free(buffer);
        return LAMINA_VIDEO_NO_MEMORY;
    }
    if (const int result = openContainer(container); result != LAMINA_VIDEO_OK) return result;
    const AVCodec* decoder = nullptr;
    const int best = av_find_best_stream(m_format.get(), AVMEDIA_TYPE_VIDEO, -1, -1, &decoder, 0);
    if (best == AVERROR_DECODER_NOT_FOUND) {
        for (unsigned i = 0; i < m_format->nb_streams; ++i)
            if (m_format->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_VIDEO) m_stream = m_format->streams[i];
        describe(info);
    }
    if (best < 0) return resultOf(best);
    m_stream = m_format->streams[best];
    describe(info);
    if (m_stream->disposition & AV_DISPOSITION_ATTACHED_PIC) return LAMINA_VIDEO_NO_PICTURES;
    if (av_dict_get(m_stream->metadata, "enc_key_id", nullptr, 0)) return LAMINA_VIDEO_ENCRYPTED;
    for (unsigned i = 0; i < m_format->nb_streams; ++i) m_format->streams[i]->discard = static_cast<int>(i) == best ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    return openDecoder(limits, info);
}

int LaminaVideo::openContainer(const char* container) {
    const AVInputFormat* const input = av_find_input_format(container);
    if (!input) return LAMINA_VIDEO_UNKNOWN_CODEC;
    AVFormatContext* format = avformat_alloc_context();
    if (!format) return LAMINA_VIDEO_NO_MEMORY;
    format->pb = m_io.get();
    format->io_open = refuseOtherFiles;
    format->interrupt_callback = {askStopped, &m_reader};
    format->max_streams = 64;
    AVDictionary* options = nullptr;
    av_dict_set(&options, "format_whitelist", container, 0);
    av_dict_set(&options, "codec_whitelist", allowedCodecs, 0);
    av_dict_set(&options, "protocol_whitelist", "none", 0);
    int error = avformat_open_input(&format, "", input, &options);
    av_dict_free(&options);
    if (error < 0) return askStopped(&m_reader) ? LAMINA_VIDEO_STOPPED : error == AVERROR_EOF ? LAMINA_VIDEO_DAMAGED : resultOf(error);
    m_format.reset(format);
    error = avformat_find_stream_info(format, nullptr);
    if (askStopped(&m_reader)) return LAMINA_VIDEO_STOPPED;
    if (error == AVERROR(ENOMEM)) return LAMINA_VIDEO_NO_MEMORY;
    return format->nb_streams == 0 ? LAMINA_VIDEO_DAMAGED : LAMINA_VIDEO_OK;
}

void LaminaVideo::describe(LaminaVideoInfo& info) const {
    if (!m_stream) return;
    const AVCodecParameters& parameters = *m_stream->codecpar;
    info.width = parameters.width;
    info.height = parameters.height;
    info.seconds = -1;
    if (m_stream->duration != AV_NOPTS_VALUE && m_stream->duration >= 0)
        info.seconds = static_cast<double>(m_stream->duration) * m_stream->time_base.num / m_stream->time_base.den;
    else if (m_format->duration != AV_NOPTS_VALUE && m_format->duration >= 0)
        info.seconds = static_cast<double>(m_format->duration) / AV_TIME_BASE;
    const AVRational rate = m_stream->avg_frame_rate.num > 0 ? m_stream->avg_frame_rate : m_stream->r_frame_rate;
    info.frameRate = rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0;
    info.orientation = orientationOf(displayMatrix(*m_stream));
    std::snprintf(info.codec, sizeof info.codec, "%s", avcodec_get_name(parameters.codec_id));
}

int LaminaVideo::openDecoder(const LaminaVideoLimits& limits, LaminaVideoInfo& info) {
    const AVCodecParameters& parameters = *m_stream->codecpar;
    const AVCodec* const decoder = avcodec_find_decoder(parameters.codec_id);
    if (!decoder || av_match_list(decoder->name, allowedCodecs, ',') <= 0) return LAMINA_VIDEO_UNKNOWN_CODEC;
    if (parameters.width > 0 && parameters.height > limits.pixels / parameters.width) return LAMINA_VIDEO_TOO_LARGE;
    m_codec.reset(avcodec_alloc_context3(decoder));
    if (!m_codec) return LAMINA_VIDEO_NO_MEMORY;
    if (const int error = avcodec_parameters_to_context(m_codec.get(), &parameters); error < 0) return resultOf(error);
    m_codec->pkt_timebase = m_stream->time_base;
    m_codec->max_pixels = limits.pixels;
    m_codec->thread_count = std::max(1, limits.threads);
    m_codec->codec_whitelist = av_strdup(allowedCodecs);
    if (const int error = avcodec_open2(m_codec.get(), decoder, nullptr); error < 0) return resultOf(error);
    m_start = m_stream->start_time;
    // VP8 has packets that show nothing; where packets have no dates of their own there is nothing to count.
    const bool dated = std::strstr(m_format->iformat->name, "mov") || std::strstr(m_format->iformat->name, "matroska");
    m_ranked = dated && parameters.codec_id != AV_CODEC_ID_VP8;
    info.width = parameters.width;
    info.height = parameters.height;
    return LAMINA_VIDEO_OK;
}

/// A packet of the film, or END. Reading errors end the film where they are.
int LaminaVideo::readPacket(Owned<AVPacket>& packet) {
    packet.reset(av_packet_alloc());
    if (!packet) return LAMINA_VIDEO_NO_MEMORY;
    while (true) {
        if (askStopped(&m_reader)) return LAMINA_VIDEO_STOPPED;
        const int error = av_read_frame(m_format.get(), packet.get());
        if (error == AVERROR_EXIT) return LAMINA_VIDEO_STOPPED;
        if (error == AVERROR(ENOMEM)) return LAMINA_VIDEO_NO_MEMORY;
        if (error < 0) {
            remarks.cut |= error != AVERROR_EOF;
            return LAMINA_VIDEO_END;
        }
        if (packet->stream_index == m_stream->index) break;
        av_packet_unref(packet.get());
    }
    std::size_t size = 0;
    if (av_packet_get_side_data(packet.get(), AV_PKT_DATA_ENCRYPTION_INFO, &size)) return LAMINA_VIDEO_ENCRYPTED;
    if (packet->pts == AV_NOPTS_VALUE && m_ranked && m_packets == 0) m_ranked = false;
    if (m_ranked && packet->pts != AV_NOPTS_VALUE && !(packet->flags & AV_PKT_FLAG_DISCARD)) {
        count(packet->pts);
        ++m_packets;
    }
    return LAMINA_VIDEO_OK;
}

/// Reads on up to the next key frame.
int LaminaVideo::fillGroup() {
    m_group.clear();
    m_groupBytes = 0;
    m_wholeGroup = m_decided = false;
    if (m_nextKey) m_group.push_back(std::move(m_nextKey));
    while (m_ranked && m_groupBytes < heldBytes && m_group.size() < heldPackets) {
        Owned<AVPacket> packet;
        const int result = readPacket(packet);
        if (result == LAMINA_VIDEO_END) {
            m_ended = true;
            return m_group.empty() ? LAMINA_VIDEO_END : LAMINA_VIDEO_OK;
        }
        if (result != LAMINA_VIDEO_OK) return result;
        if ((packet->flags & AV_PKT_FLAG_KEY) && !m_group.empty() && packet->pts != AV_NOPTS_VALUE) {
            m_nextKey = std::move(packet);
            m_wholeGroup = true;
            return LAMINA_VIDEO_OK;
        }
        m_groupBytes += static_cast<std::size_t>(packet->size);
        m_group.push_back(std::move(packet));
    }
    if (!m_group.empty()) return LAMINA_VIDEO_OK;
    Owned<AVPacket> packet;
    const int result = readPacket(packet);
    m_ended = result == LAMINA_VIDEO_END;
    if (result == LAMINA_VIDEO_OK) m_group.push_back(std::move(packet));
    return result;
}

bool LaminaVideo::mayBeSkipped(double seconds, std::int64_t number) const {
    if (!m_ranked || !m_wholeGroup || !(m_group.front()->flags & AV_PKT_FLAG_KEY)) return false;
    // The next key frame has been counted already.
    return seconds >= secondsOf(m_nextKey->pts) || number >= m_packets - 1;
}

void LaminaVideo::skipGroup() {
    for (const auto& packet : m_group)
        if (packet->pts != AV_NOPTS_VALUE) remarks.seconds = std::max(remarks.seconds, secondsOf(packet->pts));
    m_group.clear();
    m_afterSkip = true;
}

/// One more packet for the decoder, or the word that there is none.
int LaminaVideo::feed(double seconds, std::int64_t number) {
    while (m_group.empty()) {
        if (m_ended) {
            if (m_drained) return LAMINA_VIDEO_END;
            m_drained = true;
            return send(nullptr);
        }
        const int result = fillGroup();
        if (result == LAMINA_VIDEO_END) continue;
        if (result != LAMINA_VIDEO_OK) return result;
    }
    if (!m_decided) {
        m_decided = true;
        if (m_start == AV_NOPTS_VALUE) m_start = m_group.front()->pts;
        if (mayBeSkipped(seconds, number)) {
            skipGroup();
            return LAMINA_VIDEO_OK;
        }
        if (m_afterSkip) {
            avcodec_flush_buffers(m_codec.get());
            m_notBefore = m_group.front()->pts;
            m_afterSkip = false;
        }
    }
    const Owned<AVPacket> packet = std::move(m_group.front());
    m_group.pop_front();
    if (packet->flags & AV_PKT_FLAG_CORRUPT) {
        ++remarks.damaged;
        remarks.cut |= m_ended;
        return LAMINA_VIDEO_OK;
    }
    return send(packet.get());
}

int LaminaVideo::send(const AVPacket* packet) {
    const int error = avcodec_send_packet(m_codec.get(), packet);
    if (error == AVERROR(ENOMEM)) return LAMINA_VIDEO_NO_MEMORY;
    if (error < 0 && error != AVERROR_EOF && packet) ++remarks.damaged;
    return LAMINA_VIDEO_OK;
}

std::int64_t LaminaVideo::numberOf(std::int64_t time) {
    if (!m_ranked) return m_number++;
    for (; !m_times.empty() && m_times.top() < time; m_times.pop()) ++m_number;
    return m_number;
}

/// How long a frame lasts, in the film's units of time.
std::int64_t LaminaVideo::frameSteps() const {
    const AVRational rate = m_stream->avg_frame_rate;
    if (rate.num <= 0 || rate.den <= 0) return 1;
    return std::max<std::int64_t>(1, std::llround(std::min(1e12, 1 / (av_q2d(rate) * av_q2d(m_stream->time_base)))));
}

/// Is the decoded frame the one that is looked for?
bool LaminaVideo::accept(double seconds, std::int64_t number, LaminaVideoFrame& found) {
    AVFrame& frame = *m_frame;
    std::int64_t time = frame.best_effort_timestamp;
    if (time == AV_NOPTS_VALUE) time = m_last == AV_NOPTS_VALUE ? 0 : m_last + (m_last < INT64_MAX / 2 ? frameSteps() : 0);
    if (m_start == AV_NOPTS_VALUE) m_start = time;
    m_last = time;
    found.number = numberOf(time);
    found.seconds = secondsOf(time);
    remarks.seconds = std::max(remarks.seconds, found.seconds);
    if (time < m_notBefore) return false;
    if ((frame.flags & AV_FRAME_FLAG_CORRUPT) || frame.decode_error_flags != 0) {
        ++remarks.damaged;
        return false;
    }
    if (found.seconds < seconds || found.number < number) return false;
    found.width = frame.width;
    found.height = frame.height;
    const AVRational pixel = frame.sample_aspect_ratio.num > 0 ? frame.sample_aspect_ratio : m_stream->sample_aspect_ratio;
    const double aspect = pixel.num > 0 && pixel.den > 0 ? av_q2d(pixel) : 1;
    if (aspect > 1 && aspect < 8) found.width = static_cast<int>(std::lround(frame.width * aspect));
    else if (aspect < 1 && aspect > 0.125) found.height = static_cast<int>(std::lround(frame.height / aspect));
    return true;
}

int LaminaVideo::next(double seconds, std::int64_t number, LaminaVideoFrame& found) {
    while (true) {
        const int error = avcodec_receive_frame(m_codec.get(), m_frame.get());
        if (error == 0) {
            if (accept(seconds, number, found)) return LAMINA_VIDEO_OK;
            continue;
        }
        if (error == AVERROR_EOF) return LAMINA_VIDEO_END;
        if (error == AVERROR(ENOMEM)) return LAMINA_VIDEO_NO_MEMORY;
        if (error != AVERROR(EAGAIN)) ++remarks.damaged;
        if (const int result = feed(seconds, number); result != LAMINA_VIDEO_OK) return result;
    }
}

int LaminaVideo::draw(int width, int height, std::uint8_t* planes) {
    const AVFrame& frame = *m_frame;
    const auto format = static_cast<AVPixelFormat>(frame.format);
    if (frame.width <= 0 || !frame.data[0] || width <= 0 || height <= 0 || !sws_isSupportedInput(format)) return LAMINA_VIDEO_DAMAGED;
    const int way = width < frame.width || height < frame.height ? SWS_AREA : SWS_BICUBIC;
    // The same numbers on every machine.
    const int flags = way | SWS_ACCURATE_RND | SWS_BITEXACT | SWS_FULL_CHR_H_INT;
    m_scaler.reset(sws_getCachedContext(m_scaler.release(), frame.width, frame.height, format, width, height, AV_PIX_FMT_RGB24, flags, nullptr, nullptr, nullptr));
    if (!m_scaler) return LAMINA_VIDEO_DAMAGED;
    const int* const from = sws_getCoefficients(coefficientsOf(frame));
    sws_setColorspaceDetails(m_scaler.get(), from, frame.color_range == AVCOL_RANGE_JPEG, sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, 1 << 16, 1 << 16);
    // Rows with room behind them: the scaler writes whole blocks.
    const std::size_t stride = (static_cast<std::size_t>(width) * 3 + 127) & ~std::size_t{63}, size = stride * static_cast<std::size_t>(height);
    if (size > m_rowsSize) {
        m_rows.reset(static_cast<std::uint8_t*>(av_malloc(size)));
        m_rowsSize = m_rows ? size : 0;
        if (!m_rows) return LAMINA_VIDEO_NO_MEMORY;
    }
    std::uint8_t* const into[] = {m_rows.get(), nullptr, nullptr, nullptr};
    const int strides[] = {static_cast<int>(stride), 0, 0, 0};
    if (sws_scale(m_scaler.get(), frame.data, frame.linesize, 0, frame.height, into, strides) != height) return LAMINA_VIDEO_DAMAGED;
    const std::size_t plane = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    for (int y = 0; y < height; ++y) {
        const std::uint8_t* row = m_rows.get() + stride * static_cast<std::size_t>(y);
        std::uint8_t* out = planes + static_cast<std::size_t>(width) * static_cast<std::size_t>(y);
        for (int x = 0; x < width; ++x, row += 3, ++out) {
            out[0] = row[0];
            out[plane] = row[1];
            out[2 * plane] = row[2];
        }
    }
    return LAMINA_VIDEO_OK;
}

namespace {

int openVideo(const LaminaVideoBytes* bytes, const char* container, const LaminaVideoLimits* limits, LaminaVideoInfo* info, LaminaVideo** video) try {
    *info = {0, 0, -1, 0, 1, ""};
    auto opened = std::make_unique<LaminaVideo>();
    const int result = opened->open(*bytes, container, *limits, *info);
    if (result == LAMINA_VIDEO_OK) *video = opened.release();
    return result == LAMINA_VIDEO_END ? LAMINA_VIDEO_DAMAGED : result;
} catch (const std::bad_alloc&) {
    return LAMINA_VIDEO_NO_MEMORY;
}

int nextFrame(LaminaVideo* video, double seconds, std::int64_t number, LaminaVideoFrame* frame) try {
    return video->next(seconds, number, *frame);
} catch (const std::bad_alloc&) {
    return LAMINA_VIDEO_NO_MEMORY;
}

int drawFrame(LaminaVideo* video, int width, int height, std::uint8_t* planes) { return video->draw(width, height, planes); }

void tellRemarks(const LaminaVideo* video, LaminaVideoRemarks* remarks) { *remarks = video->remarks; }

void closeVideo(LaminaVideo* video) { delete video; }

const char* librariesText() {
    static char text[96];
    const unsigned f = avformat_version(), c = avcodec_version();
    std::snprintf(text, sizeof text, "libavformat %u.%u.%u, libavcodec %u.%u.%u", f >> 16, f >> 8 & 255, f & 255, c >> 16, c >> 8 & 255, c & 255);
    return text;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) const LaminaVideoModule* lamina_video_module() {
    av_log_set_level(AV_LOG_QUIET);
    av_max_alloc(largestAllocation);
    static const LaminaVideoModule module{LAMINA_VIDEO_VERSION, librariesText(), openVideo, nextFrame, drawFrame, tellRemarks, closeVideo};
    return &module;
}
