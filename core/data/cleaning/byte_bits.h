// Bytes of many texts looked at together: 16 at a time where the machine has SSE2.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace lamina {

/// What the bytes of a text of 1 to 64 bytes are, one bit each.
struct TextBits {
    bool known = false;  ///< the text is of that length and enough bytes behind it may be read
    std::uint64_t blanks = 0;    ///< ' '
    std::uint64_t controls = 0;  ///< '\t' … '\r'
    std::uint64_t high = 0;      ///< not ASCII
};
/// `readable`: up to where bytes may be read.
inline TextBits textBits(std::string_view text, const char* readable) {
    TextBits bits;
#if defined(__SSE2__)
    const std::size_t whole = (text.size() + 15) / 16 * 16;
    if (text.empty() || whole > 64 || readable - text.data() < static_cast<std::ptrdiff_t>(whole)) return bits;
    const __m128i blank = _mm_set1_epi8(' '), tab = _mm_set1_epi8('\t'), span = _mm_set1_epi8('\r' - '\t');
    for (std::size_t i = 0; i < text.size(); i += 16) {
        const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + i));
        const __m128i fromTab = _mm_sub_epi8(v, tab);
        const auto put = [i](std::uint64_t& to, __m128i mask) { to |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(mask))) << i; };
        put(bits.blanks, _mm_cmpeq_epi8(v, blank));
        put(bits.controls, _mm_cmpeq_epi8(_mm_min_epu8(fromTab, span), fromTab));
        put(bits.high, v);
    }
    const std::uint64_t all = ~std::uint64_t{0} >> (64 - text.size());
    bits.blanks &= all;
    bits.controls &= all;
    bits.high &= all;
    bits.known = true;
#else
    (void)text, (void)readable;
#endif
    return bits;
}

/// Writes `bytes` to `out` (with room for 16 bytes more), the 26 letters from `first` on in their other case. flipped: one bit per byte, set where it
/// was such a letter; it holds zeros and has room for 64 bits more.
inline void flipLetterCase(std::string_view bytes, char first, char* out, std::uint64_t* flipped) {
    std::size_t i = 0;
#if defined(__SSE2__)
    // Moved so that the letters are the lowest signed bytes: one comparison finds them.
    const __m128i shift = _mm_set1_epi8(static_cast<char>(-128 - first)), border = _mm_set1_epi8(-128 + 26), other = _mm_set1_epi8(0x20);
    for (; i + 16 <= bytes.size(); i += 16) {
        const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data() + i));
        const __m128i letters = _mm_cmplt_epi8(_mm_add_epi8(v, shift), border);
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i), _mm_xor_si128(v, _mm_and_si128(letters, other)));
        flipped[i / 64] |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(letters))) << (i % 64);
    }
#endif
    for (; i < bytes.size(); ++i) {
        const bool letter = static_cast<unsigned char>(bytes[i] - first) < 26;
        out[i] = static_cast<char>(bytes[i] ^ (letter ? 0x20 : 0));
        flipped[i / 64] |= static_cast<std::uint64_t>(letter) << (i % 64);
    }
}

/// Is one of the bits from … to-1 set? One word more may be read.
inline bool anyBitBetween(const std::uint64_t* bits, std::size_t from, std::size_t to) {
    for (; from < to; from += 64) {
        const std::size_t place = from % 64, count = to - from < 64 ? to - from : 64;
        const std::uint64_t word = (bits[from / 64] >> place) | ((bits[from / 64 + 1] << 1) << (63 - place));
        if ((word & (~std::uint64_t{0} >> (64 - count))) != 0) return true;
    }
    return false;
}

/// Finds a text again and again.
class TextSearch {
public:
    /// Both must live; `what` is not empty.
    TextSearch(std::string_view text, std::string_view what) : m_text(text), m_what(what) {}
    /// The first place from `from` on, or npos.
    std::size_t next(std::size_t from) const {
#if defined(__SSE2__)
        // Places where the first and the last byte are right are few.
        const std::size_t last = m_what.size() - 1;
        const __m128i firstByte = _mm_set1_epi8(m_what.front()), lastByte = _mm_set1_epi8(m_what.back());
        for (; from + last + 16 <= m_text.size(); from += 16) {
            const char* const at = m_text.data() + from;
            const __m128i begins = _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)), firstByte);
            const __m128i ends = _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at + last)), lastByte);
            for (auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_and_si128(begins, ends))); mask != 0; mask &= mask - 1) {
                const std::size_t place = static_cast<std::size_t>(__builtin_ctz(mask));
                if (std::memcmp(at + place, m_what.data(), m_what.size()) == 0) return from + place;
            }
        }
#endif
        return m_text.find(m_what, from);
    }

private:
    const std::string_view m_text, m_what;
};

}  // namespace lamina
