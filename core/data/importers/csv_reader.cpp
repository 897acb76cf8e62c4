#include "core/data/importers/csv_reader.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "core/data/utf8.h"

namespace lamina {
namespace {

constexpr std::size_t blockBytes = 256 << 10;
constexpr std::size_t sampleBytes = 1 << 20;
constexpr std::size_t recordLimit = 64 << 20;
/// Columns read in one pass: each may hold two files open.
constexpr std::size_t columnsAtOnce = 128;

/// One column while the file is read.
struct ColumnState {
    CsvColumnPlan plan;
    std::unique_ptr<CsvSink> sink;
    std::atomic<bool> fits{true};
    std::uint8_t classes = 0;
    std::int64_t present = 0;
    WordIndex words;
    std::int64_t unreadable = 0;
    std::size_t firstUnreadable = 0;  ///< in the file

    void restart(CsvColumnPlan next) {
        plan = next;
        fits = true;
        classes = 0;
        present = unreadable = 0;
        words.clear();
    }
};

struct Block {
    std::size_t number = 0;
    std::size_t begin = 0, end = 0;
    std::size_t openQuote = std::string_view::npos;
};

/// What a thread needs to read blocks; reused from block to block.
struct Workspace {
    CsvBlockFields fields;
    std::vector<CsvColumnBlock> columns;
    std::vector<std::int32_t> newCodes;
};

struct PassTotals {
    std::int64_t rows = 0;
    std::int64_t ragged = 0;
    std::size_t firstRagged = 0;
};

CsvRagged raggedPolicy(const CsvSettings& settings) {
    return settings.ragged == "pad" ? CsvRagged::Pad : settings.ragged == "skip" ? CsvRagged::Skip : CsvRagged::Error;
}

/// Everything that stays the same for all passes.
struct Source {
    std::string_view text;
    const CsvLayout& layout;
    const CsvSettings& settings;
    const CsvReadOptions& options;
    MissingWords missing;

    std::string_view part(const Block& block) const { return text.substr(block.begin, block.end - block.begin); }
    std::int64_t lineOf(std::size_t at) const { return csvLineOf(text, at, layout.dialect.lineEnd); }
    CsvConverter converter() const { return {missing, layout.dialect.quote, layout.latin1, settings.maximumCategories}; }
};

/// One walk over the whole file for some of its columns.
class Pass {
public:
    Pass(const Source& source, std::vector<std::unique_ptr<ColumnState>>& states, std::vector<std::size_t> selected)
        : m_source(source), m_states(states), m_selected(std::move(selected)), m_from(source.layout.dataAt) {}

    Result<PassTotals> run(int threads) {
        std::vector<std::thread> helpers;
        for (int i = 1; i < threads; ++i) helpers.emplace_back([this] { work(false); });
        work(true);
        for (auto& helper : helpers) helper.join();
        if (m_error) return *m_error;
        return m_totals;
    }

private:
    void work(bool reports) {
        try {
            Workspace workspace;
            workspace.columns.resize(m_selected.size());
            Block block;
            while (claim(block)) {
                auto read = readBlock(block, workspace);
                commit(block, workspace, std::move(read), reports);
            }
        } catch (const std::exception&) {
            stop(fail("csv.out_of_memory"));
        }
    }

    /// The next block: whole records, at least blockBytes long where the file goes on.
    bool claim(Block& block) {
        const std::lock_guard lock(m_claiming);
        if (m_stopped || m_from >= m_source.text.size()) return false;
        const auto cut = csvCut(m_source.text, m_from, m_from + blockBytes, m_source.layout.dialect);
        block = {m_claimed++, m_from, cut.end, cut.openQuote};
        m_from = cut.end;
        return true;
    }

    Result<void> readBlock(const Block& block, Workspace& w) {
        const auto& layout = m_source.layout;
        if (m_source.options.cancel.cancelled()) return fail("job.cancelled");
        if (block.openQuote != std::string_view::npos) return csvUnterminated(m_source.text, block.openQuote, layout.dialect.lineEnd);
        if (block.end - block.begin > recordLimit)
            return fail("csv.record_too_long", {{"row", std::to_string(m_source.lineOf(block.begin))}, {"limit", std::to_string(recordLimit)}});
        const auto text = m_source.part(block);
        if (!layout.latin1 && !isAscii(text)) {
            const auto bad = invalidUtf8At(text);
            if (bad != std::string_view::npos) return csvNotUtf8(m_source.text, block.begin + bad, layout);
        }
        const std::size_t columns = layout.names.size();
        csvCutFields(text, layout.dialect, columns, raggedPolicy(m_source.settings), w.fields);
        if (w.fields.ragged > 0 && raggedPolicy(m_source.settings) == CsvRagged::Error) return raggedError(block, w.fields);
        auto converter = m_source.converter();
        for (std::size_t i = 0; i < m_selected.size(); ++i) {
            const auto& state = *m_states[m_selected[i]];
            converter.convert(text, w.fields, columns, m_selected[i], state.plan, !state.fits.load(std::memory_order_relaxed), w.columns[i]);
        }
        return {};
    }

    Error raggedError(const Block& block, const CsvBlockFields& fields) const {
        return fail("csv.ragged_row", {{"row", std::to_string(m_source.lineOf(block.begin + fields.firstRaggedAt))},
                                       {"found", std::to_string(fields.firstRaggedFound)},
                                       {"expected", std::to_string(m_source.layout.names.size())}});
    }

    /// Hands the block on when all before it have been; so sinks, dictionaries and the first error see the order of the file.
    void commit(const Block& block, Workspace& w, Result<void> read, bool reports) {
        std::unique_lock lock(m_committing);
        m_turn.wait(lock, [&] { return m_stopped || m_committed == block.number; });
        if (m_stopped) return;
        if (read) read = append(block, w);
        if (!read) {
            m_error = read.takeError();
            m_stopped = true;
        }
        ++m_committed;
        m_turn.notify_all();
        if (m_source.options.releaseSource) release(block);
        if (reports && m_source.options.progress && !m_stopped)
            m_source.options.progress({"read", static_cast<std::int64_t>(block.end), static_cast<std::int64_t>(m_source.text.size()), "bytes"});
    }

    Result<void> append(const Block& block, Workspace& w) {
        m_totals.rows += static_cast<std::int64_t>(w.fields.rows);
        if (w.fields.ragged > 0 && m_totals.ragged == 0) m_totals.firstRagged = block.begin + w.fields.firstRaggedAt;
        m_totals.ragged += w.fields.ragged;
        for (std::size_t i = 0; i < m_selected.size(); ++i) LAMINA_CHECK(appendColumn(block, *m_states[m_selected[i]], w.columns[i], w));
        return {};
    }

    Result<void> appendColumn(const Block& block, ColumnState& state, CsvColumnBlock& column, Workspace& w) {
        state.classes |= column.classes;
        if (!column.fits) state.fits = false;
        if (!state.fits) {
            state.sink.reset();
            return {};
        }
        if (column.unreadable > 0 && state.unreadable == 0) state.firstUnreadable = block.begin + column.firstUnreadable;
        state.unreadable += column.unreadable;
        state.present += column.data.rows() - column.data.missing();
        if (state.plan.kind == ColumnKind::Category && !unifyCodes(state, column, w)) return {};
        return state.sink->append(column.data.view());
    }

    /// The block's own codes become those of the whole column; false where there are too many.
    bool unifyCodes(ColumnState& state, CsvColumnBlock& column, Workspace& w) {
        w.newCodes.clear();
        for (const auto& word : column.words.words()) w.newCodes.push_back(state.words.add(word));
        const std::int64_t limit = state.plan.asked ? csvMostCategories : m_source.settings.maximumCategories;
        if (state.words.size() > limit) {
            state.fits = false;
            state.sink.reset();
            return false;
        }
        column.data.mapCodes(w.newCodes);
        return true;
    }

    void release(const Block& block) const {
        static const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
        const auto begin = reinterpret_cast<std::uintptr_t>(m_source.text.data() + block.begin) / page * page;
        const auto end = reinterpret_cast<std::uintptr_t>(m_source.text.data() + block.end) / page * page;
        // The pages come back from the file where somebody reads them again.
        if (end > begin) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
    }

    void stop(Error error) {
        const std::lock_guard lock(m_committing);
        if (!m_error) m_error = std::move(error);
        m_stopped = true;
        m_turn.notify_all();
    }

    const Source& m_source;
    std::vector<std::unique_ptr<ColumnState>>& m_states;
    const std::vector<std::size_t> m_selected;

    std::mutex m_claiming;
    std::size_t m_from;
    std::size_t m_claimed = 0;

    std::mutex m_committing;
    std::condition_variable m_turn;
    std::size_t m_committed = 0;
    std::atomic<bool> m_stopped{false};
    std::optional<Error> m_error;
    PassTotals m_totals;
};

/// The plan that fits what was seen; the same one where the column is done.
CsvColumnPlan nextPlan(const ColumnState& state, std::int64_t maximumCategories) {
    if (state.plan.asked) return state.plan;
    if (state.plan.kind == ColumnKind::Text) return state.plan;
    if (state.plan.kind == ColumnKind::Category) {
        const bool category = state.fits && isCategory(state.words.size(), state.present, maximumCategories);
        return {category ? ColumnKind::Category : ColumnKind::Text, false};
    }
    const auto kind = kindFor(state.classes);
    return {kind == ColumnKind::Text ? ColumnKind::Category : kind, false};
}

Issue countedIssue(Error what, std::int64_t count) { return Issue{Severity::Warning, std::move(what), count}; }

class Reader {
public:
    Reader(const Source& source, const CsvSinkMaker& makeSink) : m_source(source), m_makeSink(makeSink) {}

    Result<CsvColumns> run() {
        LAMINA_CHECK(plan());
        const std::size_t columns = m_states.size();
        for (std::size_t first = 0; first < columns; first += columnsAtOnce) {
            std::vector<std::size_t> open;
            for (std::size_t i = first; i < std::min(columns, first + columnsAtOnce); ++i) open.push_back(i);
            while (!open.empty()) {
                LAMINA_TRY(open, readOnce(std::move(open)));
            }
        }
        return result();
    }

private:
    /// Kinds from the user and from the beginning of the file.
    Result<void> plan() {
        const auto& layout = m_source.layout;
        LAMINA_TRY(const auto asked, csvAskedKinds(m_source.settings, layout.names));
        const auto cut = csvCut(m_source.text, layout.dataAt, layout.dataAt + sampleBytes, layout.dialect);
        const auto sample = m_source.text.substr(layout.dataAt, std::min(cut.end - layout.dataAt, recordLimit));
        const bool whole = cut.end == m_source.text.size();
        CsvBlockFields fields;
        csvCutFields(sample, layout.dialect, layout.names.size(), CsvRagged::Pad, fields);
        auto converter = m_source.converter();
        for (std::size_t i = 0; i < layout.names.size(); ++i) {
            m_states.push_back(std::make_unique<ColumnState>());
            if (asked[i] >= 0) m_states[i]->plan = {static_cast<ColumnKind>(asked[i]), true};
            else m_states[i]->plan = converter.guess(sample, fields, layout.names.size(), i, whole);
        }
        return {};
    }

    int threads() const {
        if (m_source.options.threads > 0) return m_source.options.threads;
        return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    }

    /// One pass over these columns; gives those that have to be read again.
    Result<std::vector<std::size_t>> readOnce(std::vector<std::size_t> selected) {
        for (const auto i : selected) {
            LAMINA_TRY(m_states[i]->sink, m_makeSink(i, m_states[i]->plan.kind));
        }
        LAMINA_TRY(const auto totals, Pass(m_source, m_states, selected).run(threads()));
        if (totals.rows == 0) return fail("csv.no_rows");
        m_totals = totals;
        std::vector<std::size_t> again;
        for (const auto i : selected) {
            auto& state = *m_states[i];
            if (state.plan.asked && !state.fits)
                return fail("csv.too_many_categories", {{"column", m_source.layout.names[i]}, {"limit", std::to_string(csvMostCategories)}});
            const auto next = nextPlan(state, m_source.settings.maximumCategories);
            if (next == state.plan) {
                LAMINA_CHECK(state.sink->finish(state.words.words()));
                continue;
            }
            state.sink.reset();
            state.restart(next);
            again.push_back(i);
        }
        return again;
    }

    CsvColumns result() {
        CsvColumns done;
        done.rows = m_totals.rows;
        if (m_totals.ragged > 0) {
            const auto row = std::to_string(m_source.lineOf(m_totals.firstRagged));
            done.issues.push_back(countedIssue(m_source.settings.ragged == "pad" ? fail("csv.rows_padded", {{"row", row}}) : fail("csv.rows_skipped", {{"row", row}}),
                                               m_totals.ragged));
        }
        for (std::size_t i = 0; i < m_states.size(); ++i) {
            const auto& state = *m_states[i];
            if (state.unreadable > 0)
                done.issues.push_back(countedIssue(fail("csv.values_became_missing", {{"column", m_source.layout.names[i]},
                                                                                      {"kind", columnKindName(state.plan.kind)},
                                                                                      {"row", std::to_string(m_source.lineOf(state.firstUnreadable))}}),
                                                   state.unreadable));
            done.sinks.push_back(std::move(m_states[i]->sink));
        }
        return done;
    }

    const Source& m_source;
    const CsvSinkMaker& m_makeSink;
    std::vector<std::unique_ptr<ColumnState>> m_states;
    PassTotals m_totals;
};

}  // namespace

Result<CsvColumns> csvRead(std::string_view text, const CsvLayout& layout, const CsvSettings& settings, const CsvReadOptions& options,
                           const CsvSinkMaker& makeSink) {
    const Source source{text, layout, settings, options, MissingWords(settings.missing)};
    return Reader(source, makeSink).run();
}

}  // namespace lamina
