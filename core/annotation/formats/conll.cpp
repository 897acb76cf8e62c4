// CoNLL: a word and its tags on each line, the last one the entity's (B-PER, I-PER, O); an empty line ends a sentence, -DOCSTART- begins a document.
// https://aclanthology.org/W03-0419
#include <algorithm>
#include <fstream>
#include <map>

#include "core/annotation/formats/format_type.h"

namespace lamina {
namespace conll_annotation_parts {

constexpr std::uint64_t largestFile = 512u << 20;

std::int64_t characters(const std::string& text) {
    return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}

std::vector<std::string> wordsOf(const std::string& line) {
    std::vector<std::string> words(1);
    const bool tabs = line.find('\t') != std::string::npos;
    for (const char c : line) {
        if (c == '\t' || (!tabs && c == ' ')) words.emplace_back();
        else words.back() += c;
    }
    std::erase_if(words, [](const std::string& word) { return word.empty(); });
    return words;
}

bool isTag(const std::string& word) {
    return word == "O" || (word.size() > 2 && (word[1] == '-' || word[1] == '_') && std::string("BIESLU").find(word[0]) != std::string::npos);
}

/// Words become a text: blanks between them, a new line behind each sentence.
class ConllReader {
public:
    ConllReader(const Path& file, AnnotationSet& set) : m_name(file.filename().string()), m_subset(subsetOfName(file.stem().string())), m_set(set) {}

    void line(const std::string& text, bool documents) {
        const auto words = wordsOf(text);
        if (words.empty()) {
            endSpan();
            if (!documents) endItem();
            else if (!m_item.text.empty()) m_newLine = true;
            return;
        }
        if (words[0] == "-DOCSTART-") return endItem();
        const std::string tagged = words.size() > 1 ? words.back() : std::string();
        if (!isTag(tagged)) return refuse();
        ++m_tagged;
        if (!m_item.text.empty()) m_item.text += m_newLine ? '\n' : ' ';
        m_newLine = false;
        const std::int64_t begin = m_length + (m_item.text.empty() ? 0 : 1);
        m_item.text += words[0];
        m_length = begin + characters(words[0]);
        tag(tagged, begin);
    }
    void endLine() { ++m_line; }
    bool found() const { return m_tagged > 0; }
    void endItem() {
        endSpan();
        if (!m_item.text.empty()) {
            m_item.file = m_name + "#" + std::to_string(++m_number);
            m_item.subset = m_subset;
            m_set.images.push_back(std::move(m_item));
        }
        m_item = {};
        m_length = 0;
        m_newLine = false;
    }

private:
    void refuse() {
        if (++m_refused <= 100)
            m_set.issues.push_back(
                {Severity::Warning, fail("annotation.refused", {{"file", m_name}, {"number", std::to_string(m_line)}, {"reason", "no tag"}})});
    }
    /// B-, I-, E-, S- (also L-, U-) with a class, or O.
    void tag(const std::string& tag, std::int64_t begin) {
        const bool named = tag.size() > 2 && (tag[1] == '-' || tag[1] == '_');
        const char place = named ? tag[0] : 'O';
        const std::string label = named ? tag.substr(2) : std::string();
        const bool goesOn = (place == 'I' || place == 'E' || place == 'L') && m_open && m_span.label == label;
        if (!goesOn) endSpan();
        if (place == 'O') return;
        if (!goesOn) {
            m_span = {};
            m_span.kind = ShapeKind::Span;
            m_span.label = label;
            m_span.begin = static_cast<double>(begin);
            m_open = true;
        }
        m_span.end = static_cast<double>(m_length);
        if (place == 'E' || place == 'S' || place == 'L' || place == 'U') endSpan();
    }
    void endSpan() {
        if (!m_open) return;
        m_set.label(m_span.label);
        m_item.shapes.push_back(m_span);
        m_open = false;
    }

    std::string m_name, m_subset;
    AnnotationSet& m_set;
    AnnotatedImage m_item;
    AnnotationShape m_span;
    bool m_open = false, m_newLine = false;
    std::int64_t m_length = 0;  ///< of the text, in characters
    std::int64_t m_number = 0, m_line = 1, m_tagged = 0, m_refused = 0;
};

Result<void> readOne(const Path& file, AnnotationSet& set, const CancelToken& cancel) {
    LAMINA_TRY(const std::string text, readTextFile(file, largestFile));
    const bool documents = text.find("-DOCSTART-") != std::string::npos;
    ConllReader reader(file, set);
    for (std::size_t at = 0, lines = 0; at < text.size(); ++lines) {
        if (lines % 4096 == 0 && cancel.cancelled()) return fail("job.cancelled");
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string line = text.substr(at, end - at);
        if (!line.empty() && line.back() == '\r') line.pop_back();
        reader.line(line, documents);
        reader.endLine();
        at = end + 1;
    }
    reader.endItem();
    return reader.found() ? Result<void>() : fail("annotation.none", {{"file", file.string()}});
}

bool isConllName(const Path& file) {
    const auto ending = file.extension();
    return ending == ".conll" || ending == ".bio" || ending == ".iob" || ending == ".iob2" || ending == ".conll2003";
}

/// The first lines end with tags?
bool looksLikeConll(const Path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string line;
    int tagged = 0, others = 0;
    for (int i = 0; i < 200 && std::getline(stream, line) && line.size() < 4096; ++i) {
        const auto words = wordsOf(line);
        if (words.size() < 2) continue;
        std::string last = words.back();
        if (last.back() == '\r') last.pop_back();
        ++(isTag(last) ? tagged : others);
    }
    return tagged > 3 && others == 0;
}

std::vector<Path> conllFiles(const Path& source) {
    std::error_code failed;
    if (!std::filesystem::is_directory(source, failed)) return {source};
    std::vector<Path> found;
    for (const Path& file : filesBelow(source, {".conll", ".bio", ".iob", ".iob2", ".conll2003"}, 100)) found.push_back(file);
    return found;
}

double probe(const Path& source) {
    std::error_code failed;
    if (std::filesystem::is_directory(source, failed)) return conllFiles(source).empty() ? 0.0 : 0.7;
    if (isConllName(source)) return 0.9;
    return source.extension() == ".txt" && looksLikeConll(source) ? 0.6 : 0.0;
}

Result<AnnotationSet> read(const Path& source, const CancelToken& cancel) {
    std::error_code failed;
    if (!std::filesystem::exists(source, failed)) return fail("file.not_found", {{"file", source.string()}});
    AnnotationSet set;
    for (const Path& file : conllFiles(source)) LAMINA_CHECK(readOne(file, set, cancel));
    if (set.images.empty()) return fail("annotation.none", {{"file", source.string()}});
    return set;
}

/// A piece of the text without blanks: a word, or a part of one where a span begins or ends within it.
struct Word {
    std::string text;
    std::int64_t begin = 0;
    bool sentenceEnds = false;  ///< behind it
};

std::vector<Word> wordsOfText(const AnnotatedImage& item) {
    std::vector<std::int64_t> borders;
    for (const AnnotationShape& shape : item.shapes)
        if (shape.kind == ShapeKind::Span) {
            borders.push_back(static_cast<std::int64_t>(shape.begin));
            borders.push_back(static_cast<std::int64_t>(shape.end));
        }
    std::sort(borders.begin(), borders.end());
    std::vector<Word> words;
    std::int64_t at = -1;
    bool open = false;
    for (const char c : item.text) {
        const bool begins = (static_cast<unsigned char>(c) & 0xc0) != 0x80;
        at += begins;
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            open = false;
            if (c == '\n' && !words.empty()) words.back().sentenceEnds = true;
            continue;
        }
        if (!open || (begins && std::binary_search(borders.begin(), borders.end(), at))) words.push_back({{}, at, false});
        open = true;
        words.back().text += c;
    }
    return words;
}

/// The span that a word lies in: the first that begins where it does or before; -1: none.
std::int64_t spanOf(const AnnotatedImage& item, const std::vector<bool>& written, std::int64_t begin) {
    for (std::size_t i = 0; i < item.shapes.size(); ++i)
        if (written[i] && item.shapes[i].begin <= static_cast<double>(begin) && static_cast<double>(begin) < item.shapes[i].end)
            return static_cast<std::int64_t>(i);
    return -1;
}

/// Those that can be written: spans that overlap none before them.
std::vector<bool> writable(const AnnotatedImage& item, std::vector<Issue>& issues) {
    std::vector<bool> written(item.shapes.size());
    for (std::size_t i = 0; i < item.shapes.size(); ++i) {
        const AnnotationShape& shape = item.shapes[i];
        bool good = shape.kind == ShapeKind::Span && shape.end > shape.begin;
        for (std::size_t j = 0; j < i && good; ++j) good = !written[j] || shape.begin >= item.shapes[j].end || shape.end <= item.shapes[j].begin;
        written[i] = good;
        if (!good)
            issues.push_back({Severity::Warning,
                              fail("annotation.not_written", {{"file", item.file}, {"number", std::to_string(i + 1)}, {"label", shape.label}})});
    }
    return written;
}

std::string textOf(const AnnotatedImage& item, std::vector<Issue>& issues) {
    const auto written = writable(item, issues);
    std::string text = "-DOCSTART-\tO\n\n";
    std::int64_t last = -1;
    for (const Word& word : wordsOfText(item)) {
        const std::int64_t span = spanOf(item, written, word.begin);
        std::string tag = "O";
        if (span >= 0) {
            tag = span == last ? "I-" : "B-";
            tag += item.shapes[static_cast<std::size_t>(span)].label;
            std::replace_if(
                tag.begin(), tag.end(), [](char c) { return c == ' ' || c == '\t' || c == '\n'; }, '_');
        }
        last = word.sentenceEnds ? -1 : span;
        text += word.text + "\t" + tag + (word.sentenceEnds ? "\n\n" : "\n");
    }
    return text + "\n";
}

Result<WrittenAnnotations> write(const AnnotationSet& set, const Path& folder, const CancelToken& cancel) {
    WrittenAnnotations written;
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return fail("file.failed", {{"file", folder.string()}, {"call", "mkdir"}, {"reason", failed.message()}});
    std::map<std::string, std::string> texts;
    for (const AnnotatedImage& item : set.images) {
        if (cancel.cancelled()) return fail("job.cancelled");
        texts[nameOfSubset(item.subset)] += textOf(item, written.issues);
    }
    for (const auto& [name, text] : texts) {
        written.files.push_back(folder / (name + ".conll"));
        LAMINA_CHECK(writeFileAtomically(written.files.back(), text));
    }
    return written;
}

}  // namespace conll_annotation_parts

const AnnotationFormatType& conll_annotation_format() {
    using namespace conll_annotation_parts;
    static const AnnotationFormatType type{.id = "conll",
                                           .title = "CoNLL",
                                           .summary = "A word and its tag on each line of a text file, for entities in texts.",
                                           .probe = probe,
                                           .read = read,
                                           .write = write};
    return type;
}

}  // namespace lamina
