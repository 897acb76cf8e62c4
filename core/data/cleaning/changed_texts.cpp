// Columns whose texts are changed, read or gathered as categories (step_tools.h).
#include <atomic>

#include "core/data/cleaning/step_tools.h"
#include "core/data/cleaning/typed_text.h"
#include "core/data/type_detection.h"

namespace lamina {
namespace {

/// What became of the texts of a category: new codes for old ones.
struct ChangedDictionary {
    std::vector<std::string> texts;
    std::vector<std::int32_t> codes;
    std::vector<TextChange> changes;
    bool anything = false;

    /// Every code stays what it is.
    bool onlyNames() const {
        for (std::size_t i = 0; i < codes.size(); ++i)
            if (codes[i] != static_cast<std::int32_t>(i)) return false;
        return true;
    }
};

ChangedDictionary changeDictionary(std::span<const std::string> dictionary, const TextFunction& change) {
    ChangedDictionary changed;
    WordIndex words;
    std::string out;
    for (const std::string& text : dictionary) {
        out.clear();
        const TextChange what = change(text, out);
        changed.changes.push_back(what);
        changed.anything |= what != TextChange::Same;
        const bool gone = what == TextChange::Missing || what == TextChange::Refused;
        changed.codes.push_back(gone ? -1 : words.add(what == TextChange::Same ? std::string_view(text) : std::string_view(out)));
    }
    changed.texts = words.words();
    return changed;
}

TableColumn finishLike(ColumnDraft& draft, const TableColumn& like) { return draft.finish(like.info.id, like.info.name, like.info.role); }

/// The codes are shared with the old column.
Result<TableColumn> renamedCategories(const CleanTable& input, const TableColumn& column, const ChangedDictionary& changed, const StepContext& context,
                                      StepReport& report) {
    struct Owner {
        std::shared_ptr<const void> codes;
        std::vector<std::string> dictionary;
    };
    SliceNotes notes(input);
    LAMINA_CHECK(forRowSlices(column.view.rows, context, [&](const RowSlice& slice) {
        std::int64_t renamed = 0;
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const std::int32_t code = column.view.codes[static_cast<std::size_t>(row)];
            renamed += code >= 0 && changed.changes[static_cast<std::size_t>(code)] != TextChange::Same && notes.counts(row);
        }
        notes.changedCells(slice, renamed);
    }));
    notes.addTo(report, column.info.name);
    const auto owner = std::make_shared<Owner>(Owner{column.owner, changed.texts});
    TableColumn made = column;
    made.info.dictionary = changed.texts;
    made.view.dictionary = owner->dictionary;
    made.owner = owner;
    return made;
}

Result<TableColumn> changeCategories(const CleanTable& input, const TableColumn& column, const StepContext& context, const TextFunction& change,
                                     StepReport& report) {
    const ChangedDictionary changed = changeDictionary(column.view.dictionary, change);
    if (!changed.anything) return column;
    if (changed.onlyNames()) return renamedCategories(input, column, changed, context, report);
    ColumnDraft draft(ColumnKind::Category, column.view.rows);
    SliceNotes notes(input);
    LAMINA_CHECK(forRowSlices(column.view.rows, context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const std::int32_t code = column.view.codes[static_cast<std::size_t>(row)];
            if (code < 0) {
                draft.code(row, -1);
                continue;
            }
            const auto place = static_cast<std::size_t>(code);
            draft.code(row, changed.codes[place]);
            if (changed.changes[place] == TextChange::Refused) notes.refused(slice, row, column.view.dictionary[place]);
            else if (changed.changes[place] != TextChange::Same) notes.changed(slice, row);
        }
    }));
    draft.setDictionary(changed.texts);
    notes.addTo(report, column.info.name);
    return finishLike(draft, column);
}

void changeEachText(TextSliceEditor& texts, const TextFunction& change, const RowSlice& slice, SliceNotes& notes) {
    std::string out;
    for (std::int64_t row = slice.first; row < slice.last; ++row) {
        const std::string_view text = texts.text(row);
        if (texts.isMissing(row)) {
            if (!text.empty()) texts.refuse(row);
            continue;
        }
        out.clear();
        switch (change(text, out)) {
            case TextChange::Same: break;
            case TextChange::Changed: texts.put(row, out); break;
            case TextChange::Missing: texts.clear(row); break;
            case TextChange::Refused:
                notes.refused(slice, row, text);
                texts.refuse(row);
        }
    }
}

/// A Text column; `pool`: memory that the columns of a step share.
Result<TableColumn> changeTextColumn(const CleanTable& input, const TableColumn& source, const StepContext& context,
                                     const std::function<TextFunction()>& makeChange, StepReport& report, const TextSliceFunction& ofSlice,
                                     TextBytesPool& pool) {
    ColumnDraft draft(ColumnKind::Text, source.view.rows);
    SliceNotes notes(input);
    std::atomic<bool> anything{false};
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        TextSliceEditor texts(source.view, slice.first, slice.last, draft.textsOf(slice, pool.take()), input.removedBy ? input.removedBy->data() : nullptr);
        if (ofSlice && texts.isPlain()) ofSlice(texts);
        else changeEachText(texts, makeChange(), slice, notes);
        texts.finish();
        notes.changedCells(slice, texts.changedCells());
        if (texts.anything()) anything = true;
    }));
    if (!anything) return source;
    notes.addTo(report, source.info.name);
    return draft.finish(source.info.id, source.info.name, source.info.role, context.threads, &pool);
}

Result<TableColumn> changeTextsOf(const CleanTable& input, std::size_t column, const StepContext& context, const std::function<TextFunction()>& makeChange,
                                  StepReport& report, const TextSliceFunction& ofSlice, TextBytesPool& pool) {
    const TableColumn& source = input.table.column(column);
    if (source.view.kind == ColumnKind::Category) return changeCategories(input, source, context, makeChange(), report);
    return changeTextColumn(input, source, context, makeChange, report, ofSlice, pool);
}

}  // namespace

Result<TableColumn> changeTexts(const CleanTable& input, std::size_t column, const StepContext& context, const std::function<TextFunction()>& makeChange,
                                StepReport& report, const TextSliceFunction& ofSlice) {
    TextBytesPool pool;
    return changeTextsOf(input, column, context, makeChange, report, ofSlice, pool);
}

Result<CleanTable> changeTextColumns(const CleanTable& input, const std::vector<std::string>& names, const StepContext& context,
                                     const std::function<TextFunction()>& makeChange, StepReport& report, const TextSliceFunction& ofSlice) {
    LAMINA_TRY(const auto chosen, stepColumns(input.table, names, {ColumnKind::Text, ColumnKind::Category}, context.predicting));
    auto columns = columnsOf(input.table);
    TextBytesPool pool;
    for (const std::size_t column : chosen) {
        LAMINA_TRY(columns[column], changeTextsOf(input, column, context, makeChange, report, ofSlice, pool));
    }
    return withColumns(input, std::move(columns));
}

namespace {

/// What `read` made of each text of a category.
struct ReadDictionary {
    std::vector<CellValue> values;
    std::vector<std::uint8_t> good;
};

ReadDictionary readDictionary(std::span<const std::string> dictionary, const ReadFunction& read) {
    ReadDictionary all;
    all.values.resize(dictionary.size());
    for (std::size_t i = 0; i < dictionary.size(); ++i) all.good.push_back(read(dictionary[i], all.values[i]));
    return all;
}

}  // namespace

Result<TableColumn> readTexts(const CleanTable& input, std::size_t column, ColumnKind kind, const StepContext& context,
                              const std::function<ReadFunction()>& makeRead, StepReport& report) {
    const TableColumn& source = input.table.column(column);
    const ReadDictionary known = readDictionary(source.view.dictionary, makeRead());
    ColumnDraft draft(kind, source.view.rows);
    SliceNotes notes(input);
    const CellReader cells(source);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        const ReadFunction read = makeRead();
        std::string buffer;
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            if (source.view.isMissing(row)) {
                draft.missing(row);
                continue;
            }
            CellValue value;
            bool good = false;
            if (source.view.kind == ColumnKind::Category) {
                const auto code = static_cast<std::size_t>(source.view.codes[static_cast<std::size_t>(row)]);
                value = known.values[code];
                good = known.good[code] != 0;
            } else {
                good = read(cells.text(row, buffer), value);
            }
            if (good) {
                putCell(draft, row, value);
                notes.changed(slice, row);
            } else {
                draft.missing(row);
                notes.refused(slice, row, cells.text(row, buffer));
            }
        }
    }));
    notes.addTo(report, source.info.name);
    return finishLike(draft, source);
}

namespace {

constexpr std::int64_t mostCategories = 1 << 20;

/// The slices' own dictionaries made one; codes of slice s become newCodes[s][code]. False: too many.
bool joinDictionaries(const std::vector<WordIndex>& slices, WordIndex& all, std::vector<std::vector<std::int32_t>>& newCodes) {
    for (const WordIndex& slice : slices) {
        newCodes.emplace_back();
        for (const auto& word : slice.words()) newCodes.back().push_back(all.add(word));
        if (all.size() > mostCategories) return false;
    }
    return true;
}

}  // namespace

Result<TableColumn> categorise(const CleanTable& input, const StepContext& context, const RowText& textOf, std::string id, std::string name) {
    const std::int64_t rows = input.table.rows();
    ColumnDraft draft(ColumnKind::Category, rows);
    std::vector<WordIndex> words(sliceCount(rows));
    std::vector<std::int32_t> codes(static_cast<std::size_t>(rows));
    LAMINA_CHECK(forRowSlices(rows, context, [&](const RowSlice& slice) {
        std::string buffer;
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const auto text = textOf(row, buffer);
            codes[static_cast<std::size_t>(row)] = text ? words[slice.index].add(*text) : -1;
        }
    }));
    WordIndex all;
    std::vector<std::vector<std::int32_t>> newCodes;
    if (!joinDictionaries(words, all, newCodes))
        return fail("cleaning.too_many_categories", {{"column", name}, {"most", std::to_string(mostCategories)}});
    LAMINA_CHECK(forRowSlices(rows, context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const std::int32_t code = codes[static_cast<std::size_t>(row)];
            draft.code(row, code < 0 ? -1 : newCodes[slice.index][static_cast<std::size_t>(code)]);
        }
    }));
    draft.setDictionary(all.words());
    return draft.finish(std::move(id), std::move(name));
}

}  // namespace lamina
