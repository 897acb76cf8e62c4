#include "core/data/importers/csv_quote_counter.h"

#include <algorithm>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace lamina {
namespace {

/// Masks of `count` parts of 64 bytes, one behind the other.
using PartMasker = void (*)(const char* at, std::size_t count, const CsvDialect& d, CsvPartMasks* out);

void maskParts(const char* at, std::size_t count, const CsvDialect& d, CsvPartMasks* out) {
    for (std::size_t i = 0; i < count; ++i, at += 64)
        out[i] = {detail::csvMask(at, d.delimiter, d.delimiter, d.delimiter), detail::csvMask(at, d.lineEnd, d.lineEnd, d.lineEnd),
                  detail::csvMask(at, d.quote, d.quote, d.quote)};
}

#if defined(__x86_64__) && defined(__GNUC__)

[[gnu::target("avx2")]] void maskPartsAvx2(const char* at, std::size_t count, const CsvDialect& d, CsvPartMasks* out) {
    const __m256i delimiter = _mm256_set1_epi8(d.delimiter), lineEnd = _mm256_set1_epi8(d.lineEnd), quote = _mm256_set1_epi8(d.quote);
    for (std::size_t i = 0; i < count; ++i, at += 64) {
        const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at)), high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + 32));
        const __m256i wanted[3] = {delimiter, lineEnd, quote};
        std::uint64_t masks[3];
        for (int k = 0; k < 3; ++k)
            masks[k] = static_cast<unsigned>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted[k]))) |
                       static_cast<std::uint64_t>(static_cast<unsigned>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted[k])))) << 32;
        out[i] = {masks[0], masks[1], masks[2]};
    }
}

[[gnu::target("avx512bw")]] void maskPartsAvx512(const char* at, std::size_t count, const CsvDialect& d, CsvPartMasks* out) {
    const __m512i delimiter = _mm512_set1_epi8(d.delimiter), lineEnd = _mm512_set1_epi8(d.lineEnd), quote = _mm512_set1_epi8(d.quote);
    for (std::size_t i = 0; i < count; ++i, at += 64) {
        const __m512i bytes = _mm512_loadu_si512(at);
        out[i] = {_mm512_cmpeq_epi8_mask(bytes, delimiter), _mm512_cmpeq_epi8_mask(bytes, lineEnd), _mm512_cmpeq_epi8_mask(bytes, quote)};
    }
}

PartMasker bestMasker() {
    if (__builtin_cpu_supports("avx512bw")) return maskPartsAvx512;
    return __builtin_cpu_supports("avx2") ? maskPartsAvx2 : maskParts;
}

#else

PartMasker bestMasker() { return maskParts; }

#endif

}  // namespace

void CsvQuoteCounter::mask(std::size_t at) {
    static const PartMasker masker = bestMasker();
    const std::size_t left = m_text.size() - at;
    m_used = 0;
    m_masked = std::min(left / 64, m_masks.size());
    if (m_masked > 0) return masker(m_text.data() + at, m_masked, m_d, m_masks.data());
    char padded[64] = {};
    std::memcpy(padded, m_text.data() + at, left);
    m_masked = 1;
    masker(padded, 1, m_d, m_masks.data());
    const std::uint64_t there = (std::uint64_t{1} << left) - 1;
    m_masks[0] = {m_masks[0].delimiters & there, m_masks[0].lines & there, m_masks[0].quotes & there};
}

}  // namespace lamina
