#include "core/data/importers/csv_column_watch.h"

#include <algorithm>
#include <array>

#include "core/data/column_names.h"
#include "core/data/type_detection.h"

namespace lamina {
namespace {

constexpr std::int64_t fewestRows = 10;
constexpr std::size_t textsKept = 20, othersNamed = 3;
/// "A few": one in so many; judged as soon as so many others were seen.
constexpr std::int64_t fewInSoMany = 10, cellsJudged = 100;

std::string pictureNameInLowerCase(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
}

bool namesAPicture(const std::string& text) {
    static constexpr std::array<std::string_view, 10> endings{".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff", ".ppm", ".pgm", ".gif"};
    const std::string lower = pictureNameInLowerCase(text);
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return lower.ends_with(ending); });
}

}  // namespace

void CsvColumnWatch::add(const ColumnView& block) {
    m_kind = block.kind;
    if (block.kind == ColumnKind::Integer) addIntegers(block);
    else if (block.kind == ColumnKind::Text && m_firstTexts.size() < textsKept) addTexts(block);
    if (block.kind == ColumnKind::Text && m_mostlyNumbers) countNumbers(block);
    m_rows += block.rows;
}

void CsvColumnWatch::countNumbers(const ColumnView& block) {
    for (std::int64_t row = 0; row < block.rows && m_mostlyNumbers; ++row) {
        if (block.isMissing(row)) continue;
        countNumber(block.text(row));
        m_mostlyNumbers = m_others < cellsJudged || m_others * fewInSoMany <= m_numbers;
    }
}

void CsvColumnWatch::countNumber(std::string_view text) {
    if (readAnyNumber(text).is != TextValue) {
        ++m_numbers;
        return;
    }
    ++m_others;
    if (m_someOthers.size() < othersNamed && std::find(m_someOthers.begin(), m_someOthers.end(), text) == m_someOthers.end()) m_someOthers.emplace_back(text);
}

void CsvColumnWatch::addWords(const std::vector<std::string>& dictionary) {
    for (const std::string& word : dictionary) countNumber(word);
}

std::string CsvColumnWatch::wordsAmongNumbers() const {
    if (!m_mostlyNumbers || m_others == 0 || m_numbers < fewestRows || m_others * fewInSoMany > m_numbers) return {};
    std::string words;
    for (const std::string& other : m_someOthers) words += (words.empty() ? "" : ", ") + other;
    return m_others > static_cast<std::int64_t>(m_someOthers.size()) ? words + " …" : words;
}

void CsvColumnWatch::addIntegers(const ColumnView& block) {
    m_rising = m_rising && block.missingBits.empty();
    for (std::int64_t row = 0; m_rising && row < block.rows; ++row) {
        const std::int64_t value = block.integers[static_cast<std::size_t>(row)];
        const bool first = m_rows + row == 0;
        m_rising = first || value > m_last;
        m_counting = m_counting && (first ? value == 0 || value == 1 : value == m_last + 1);
        m_last = value;
    }
}

void CsvColumnWatch::addTexts(const ColumnView& block) {
    for (std::int64_t row = 0; row < block.rows && m_firstTexts.size() < textsKept; ++row)
        if (!block.isMissing(row)) m_firstTexts.emplace_back(block.text(row));
}

bool CsvColumnWatch::isIdentifier(const std::string& name, bool firstNamed) const {
    if (m_kind != ColumnKind::Integer || !m_rising || m_rows < fewestRows) return false;
    return namesAnIdentifier(name) || (firstNamed && m_counting && name == "column_1");
}

bool CsvColumnWatch::holdsPictures(const Path& folder) const {
    if (m_firstTexts.empty() || !std::all_of(m_firstTexts.begin(), m_firstTexts.end(), namesAPicture)) return false;
    std::error_code error;
    return std::any_of(m_firstTexts.begin(), m_firstTexts.end(), [&](const std::string& text) { return std::filesystem::is_regular_file(folder / Path(text), error); });
}

}  // namespace lamina
