#include "core/data/cleaning/steps/text_pieces.h"

#include <QList>
#include <QString>
#include <algorithm>
#include <vector>

namespace lamina {
namespace text_pieces_parts {

using Points = std::vector<char32_t>;

Points lowerPoints(std::string_view text) {
    const QString lower = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toLower();
    const auto ucs4 = lower.toUcs4();
    return {ucs4.begin(), ucs4.end()};
}

std::string utf8Of(const char32_t* first, std::size_t count) { return QString::fromUcs4(first, static_cast<qsizetype>(count)).toStdString(); }

std::vector<std::string> wordsIn(const Points& text, std::size_t shortest) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && (QChar::isLetterOrNumber(text[end]) || text[end] == U'_')) ++end;
        if (end - at >= std::max<std::size_t>(shortest, 1)) words.push_back(utf8Of(text.data() + at, end - at));
        at = std::max(end, at + 1);
    }
    return words;
}

Points withSingleBlanks(const Points& text) {
    Points out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && QChar::isSpace(text[end])) ++end;
        out.push_back(end - at >= 2 ? U' ' : text[at]);
        at = end - at >= 2 ? end : at + 1;
    }
    return out;
}

}  // namespace text_pieces_parts

void eachTextPiece(std::string_view text, const TextPieces& how, const std::function<void(std::string piece)>& visit) {
    using namespace text_pieces_parts;
    const Points points = lowerPoints(text);
    if (how.characters) {
        const Points single = withSingleBlanks(points);
        for (std::size_t count = how.shortest; count <= how.longest; ++count)
            for (std::size_t at = 0; at + count <= single.size(); ++at) visit(utf8Of(single.data() + at, count));
        return;
    }
    const auto words = wordsIn(points, how.shortestWord);
    for (std::size_t count = how.shortest; count <= how.longest; ++count)
        for (std::size_t at = 0; at + count <= words.size(); ++at) {
            std::string piece = words[at];
            for (std::size_t i = 1; i < count; ++i) piece += ' ' + words[at + i];
            visit(std::move(piece));
        }
}

}  // namespace lamina
