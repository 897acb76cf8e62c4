#include "core/data/importers/csv_reader.h"

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
constexpr std::size_t rowsAtOnce = 64;
/// Columns read in one pass: each may hold two files open.
constexpr std::size_t columnsAtOnce = 128;

/// One column while the file is read.
struct ColumnState {
    CsvColumnPlan plan;
    std::unique_ptr<CsvSink> sink;
    std::atomic<bool> fits{true};
    SeenValues seen;
    std::int64_t present = 0;
    WordIndex words;
    std::int64_t unreadable = 0;
    std::size_t firstUnreadable = 0;  ///< in the file
    std::int64_t firstUnreadableRow = 0;
    bool doubt = false, contradiction = false;  ///< of dates, which made it text

    void restart(CsvColumnPlan next) {
        plan = next;
        fits = true;
        seen = {};
        present = unreadable = 0;
        words.clear();
    }
};

/// A block on its way from the text to the sinks; its memory is used for one block after the other.
struct Workspace {
    CsvBlock block;
    Result<void> read;
    CsvBlockFields fields;
    std::vector<CsvColumnBlock> columns;
    std::vector<std::uint8_t> classesOnly;  ///< of columns: see CsvConverter::begin()
    std::vector<std::int32_t> newCodes;
};

struct PassTotals {
    std::int64_t rows = 0;
    std::int64_t ragged = 0;
    std::size_t firstRagged = 0;
    std::int64_t oddQuotes = 0;
    std::size_t firstOddQuote = 0;
};

CsvRagged raggedPolicy(const CsvSettings& settings) {
    return settings.ragged == "pad" ? CsvRagged::Pad : settings.ragged == "skip" ? CsvRagged::Skip : CsvRagged::Error;
}

/// Everything that stays the same for all passes.
struct Task {
    const CsvSource& source;
    const CsvLayout& layout;
    const CsvSettings& settings;
    const CsvReadOptions& options;
    MissingWords missing;

    std::int64_t lineOf(std::size_t at) const { return csvLineOf(source, at, layout.dialect.lineEnd); }
    DateOrder dates() const { return dateOrderFromName(settings.dates); }
    CsvConverter converter() const { return {missing, !csvLikeNumbers(settings.missing), layout, dates(), settings.maximumCategories}; }
};

/// One walk over the whole text for some of its columns. Threads claim blocks in order, read them at the same time and leave them to
/// whoever is handing on: so sinks, dictionaries and the first error see the order of the file, and nobody waits for a slower block.
class Pass {
public:
    Pass(const Task& task, std::vector<std::unique_ptr<ColumnState>>& states, std::vector<std::size_t> selected)
        : m_task(task), m_states(states), m_selected(std::move(selected)), m_from(task.layout.dataAt) {}

    Result<PassTotals> run(int threads) {
        m_workspaces.resize(static_cast<std::size_t>(threads) * 2);
        m_waiting.resize(m_workspaces.size());
        for (auto& workspace : m_workspaces) {
            workspace.columns.resize(m_selected.size());
            m_free.push_back(&workspace);
        }
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
            while (Workspace* w = takeFree()) {
                if (!claim(*w)) return;
                if (w->read) w->read = readBlock(*w);
                deliver(*w);
                if (reports && m_task.options.progress && !m_stopped)
                    m_task.options.progress({"read", static_cast<std::int64_t>(m_done), static_cast<std::int64_t>(m_task.source.size()), "bytes"});
            }
        } catch (const std::exception&) {
            stop(fail("csv.out_of_memory"));
        }
    }

    /// Waits while all workspaces hold blocks that are not handed on yet.
    Workspace* takeFree() {
        std::unique_lock lock(m_committing);
        m_freed.wait(lock, [&] { return m_stopped || !m_free.empty(); });
        if (m_stopped) return nullptr;
        Workspace* const w = m_free.back();
        m_free.pop_back();
        return w;
    }

    /// The next block: whole records, at least blockBytes long where the text goes on.
    bool claim(Workspace& w) {
        const std::lock_guard lock(m_claiming);
        if (m_stopped || m_from >= m_task.source.size()) return false;
        w.block.number = m_claimed++;
        w.read = csvReadBlock(m_task.source, m_from, blockBytes, m_task.layout.dialect, w.block);
        m_from = w.read ? w.block.end : m_task.source.size();
        return true;
    }

    Result<void> readBlock(Workspace& w) {
        const auto& layout = m_task.layout;
        const auto& block = w.block;
        if (m_task.options.cancel.cancelled()) return fail("job.cancelled");
        if (block.openQuote != std::string_view::npos)
            return csvUnterminated(block.text, block.openQuote, layout.dialect.lineEnd, m_task.lineOf(block.begin));
        if (block.end - block.begin > csvRecordLimit)
            return fail("csv.record_too_long", {{"row", std::to_string(m_task.lineOf(block.begin))}, {"limit", std::to_string(csvRecordLimit)}});
        const auto bytes = csvBytes(block.text);
        if (bytes.nul) return csvNulByte(block.text, block.text.find('\0'), layout, block.begin, m_task.lineOf(block.begin));
        if (!layout.latin1 && bytes.high) {
            const auto bad = invalidUtf8At(block.text);
            if (bad != std::string_view::npos) return csvNotUtf8(block.text, bad, layout, block.begin, m_task.lineOf(block.begin));
        }
        const std::size_t columns = layout.names.size();
        csvCutFields(block.text, layout.dialect, columns, raggedPolicy(m_task.settings), w.fields);
        if (w.fields.ragged > 0 && raggedPolicy(m_task.settings) == CsvRagged::Error) return raggedError(w);
        convertColumns(w);
        return {};
    }

    /// Some rows at a time, so that their text is still in the nearest cache when the next column is read.
    void convertColumns(Workspace& w) {
        auto converter = m_task.converter();
        w.classesOnly.resize(m_selected.size());
        for (std::size_t i = 0; i < m_selected.size(); ++i) {
            const auto& state = *m_states[m_selected[i]];
            w.classesOnly[i] = !state.fits.load(std::memory_order_relaxed);
            CsvConverter::begin(w.fields, state.plan, w.columns[i]);
        }
        const std::size_t columns = m_task.layout.names.size();
        for (std::size_t first = 0; first < w.fields.rows; first += rowsAtOnce) {
            const CsvRows rows{first, std::min(first + rowsAtOnce, w.fields.rows)};
            for (std::size_t i = 0; i < m_selected.size(); ++i)
                converter.convert(w.block.text, w.fields, columns, m_selected[i], rows, m_states[m_selected[i]]->plan, w.classesOnly[i] != 0, w.columns[i]);
        }
        for (std::size_t i = 0; i < m_selected.size(); ++i) CsvConverter::end(m_states[m_selected[i]]->plan, w.classesOnly[i] != 0, w.columns[i]);
    }

    Error raggedError(const Workspace& w) const {
        return fail("csv.ragged_row", {{"row", std::to_string(m_task.lineOf(w.block.begin + w.fields.firstRaggedAt))},
                                       {"found", std::to_string(w.fields.firstRaggedFound)},
                                       {"expected", std::to_string(m_task.layout.names.size())}});
    }

    /// Hands on all blocks whose turn has come, unless another thread is at it: then that one goes on with this block.
    void deliver(Workspace& w) {
        std::unique_lock lock(m_committing);
        m_waiting[w.block.number % m_waiting.size()] = &w;
        if (m_busy) return;
        m_busy = true;
        while (Workspace* const next = std::exchange(m_waiting[m_committed % m_waiting.size()], nullptr)) {
            lock.unlock();
            auto done = next->read ? append(*next) : std::move(next->read);
            lock.lock();
            if (!done) stopLocked(done.takeError());
            if (m_stopped) return;
            ++m_committed;
            m_done = next->block.end;
            m_free.push_back(next);
            m_freed.notify_one();
        }
        m_busy = false;
    }

    Result<void> append(Workspace& w) {
        m_rowsBefore = m_totals.rows;
        m_totals.rows += static_cast<std::int64_t>(w.fields.rows);
        if (w.fields.oddQuotes > 0 && m_totals.oddQuotes == 0) m_totals.firstOddQuote = w.block.begin + w.fields.firstOddQuoteAt;
        m_totals.oddQuotes += w.fields.oddQuotes;
        if (w.fields.ragged > 0 && m_totals.ragged == 0) m_totals.firstRagged = w.block.begin + w.fields.firstRaggedAt;
        m_totals.ragged += w.fields.ragged;
        for (std::size_t i = 0; i < m_selected.size(); ++i) LAMINA_CHECK(appendColumn(*m_states[m_selected[i]], w.columns[i], w));
        return {};
    }

    Result<void> appendColumn(ColumnState& state, CsvColumnBlock& column, Workspace& w) {
        state.seen.add(column.seen);
        if (!column.fits) state.fits = false;
        if (!state.fits) {
            state.sink.reset();
            return {};
        }
        if (column.unreadable > 0 && state.unreadable == 0) {
            state.firstUnreadable = w.block.begin + column.firstUnreadable;
            state.firstUnreadableRow = m_rowsBefore + column.firstUnreadableRow;
        }
        state.unreadable += column.unreadable;
        state.present += column.data.rows() - column.data.missing();
        if (state.plan.kind == ColumnKind::Category && !unifyCodes(state, column, w)) return {};
        return state.sink->append(column.data.view());
    }

    /// The block's own codes become those of the whole column; false where there are too many.
    bool unifyCodes(ColumnState& state, CsvColumnBlock& column, Workspace& w) {
        w.newCodes.clear();
        for (const auto& word : column.words.words()) w.newCodes.push_back(state.words.add(word));
        const std::int64_t limit = state.plan.asked ? csvMostCategories : m_task.settings.maximumCategories;
        if (state.words.size() > limit) {
            state.fits = false;
            state.sink.reset();
            return false;
        }
        column.data.mapCodes(w.newCodes);
        return true;
    }

    void stop(Error error) {
        const std::lock_guard lock(m_committing);
        stopLocked(std::move(error));
    }

    void stopLocked(Error error) {
        if (!m_error) m_error = std::move(error);
        m_stopped = true;
        m_freed.notify_all();
    }

    const Task& m_task;
    std::vector<std::unique_ptr<ColumnState>>& m_states;
    const std::vector<std::size_t> m_selected;
    std::vector<Workspace> m_workspaces;

    std::mutex m_claiming;
    std::size_t m_from;
    std::size_t m_claimed = 0;

    std::mutex m_committing;
    std::condition_variable m_freed;
    std::vector<Workspace*> m_free;
    std::vector<Workspace*> m_waiting;  ///< at its number modulo the size: read, not handed on
    bool m_busy = false;                ///< a thread is handing on
    std::size_t m_committed = 0;
    std::atomic<std::size_t> m_done{0};
    std::atomic<bool> m_stopped{false};
    std::optional<Error> m_error;
    PassTotals m_totals;
    std::int64_t m_rowsBefore = 0;  ///< of the block that is handed on
};

/// The plan that fits what was seen; the same one where the column is done.
CsvColumnPlan nextPlan(const ColumnState& state, DateOrder dates, std::int64_t maximumCategories) {
    if (state.plan.asked) {
        // All dates were read before the order of day and month was known.
        auto plan = state.plan;
        const bool tells = (state.seen.classes & (DayFirstTime | MonthFirstTime)) != 0;
        if (plan.kind == ColumnKind::Time && plan.reading.dates == DateOrder::Unknown && tells)
            plan.reading.dates = (state.seen.classes & DayFirstTime) != 0 ? DateOrder::DayFirst : DateOrder::MonthFirst;
        return plan;
    }
    if (state.plan.kind == ColumnKind::Text) return state.plan;
    if (state.plan.kind == ColumnKind::Category) {
        const bool category = state.fits && isCategory(state.words.size(), state.present, maximumCategories);
        return {state.plan.reading, category ? ColumnKind::Category : ColumnKind::Text, false};
    }
    const auto reading = readingFor(state.seen, dates);
    return {reading, reading.kind == ColumnKind::Text ? ColumnKind::Category : reading.kind, false};
}

Issue countedIssue(Error what, std::int64_t count) { return Issue{Severity::Warning, std::move(what), count}; }

class Reader {
public:
    Reader(const Task& task, const CsvSinkMaker& makeSink) : m_task(task), m_makeSink(makeSink) {}

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
        LAMINA_CHECK(m_task.source.checkUnchanged());
        return result();
    }

private:
    /// Kinds from the user and from the beginning of the file.
    Result<void> plan() {
        const auto& layout = m_task.layout;
        LAMINA_TRY(const auto asked, csvAskedKinds(m_task.settings, layout.names));
        CsvBlock block;
        LAMINA_CHECK(csvReadBlock(m_task.source, layout.dataAt, csvSampleBytes, layout.dialect, block));
        const auto sample = block.text.substr(0, csvRecordLimit);
        const bool whole = block.end == m_task.source.size();
        CsvBlockFields fields;
        csvCutFields(sample, layout.dialect, layout.names.size(), CsvRagged::Pad, fields);
        auto converter = m_task.converter();
        for (std::size_t i = 0; i < layout.names.size(); ++i) {
            m_states.push_back(std::make_unique<ColumnState>());
            auto& state = *m_states[i];
            SeenValues seen;
            state.plan = converter.guess(sample, fields, layout.names.size(), i, whole, seen);
            if (asked[i] >= 0) state.plan = askedPlan(static_cast<ColumnKind>(asked[i]), seen);
            else if (whole) noteDates(state, seen);
        }
        return {};
    }

    /// The kind that the user wants, with the order of dates and the unit that the values show.
    CsvColumnPlan askedPlan(ColumnKind kind, const SeenValues& seen) const {
        CsvColumnPlan plan{{kind, m_task.dates(), false, seen.unit}, kind, true};
        if (kind != ColumnKind::Time || plan.reading.dates != DateOrder::Unknown) return plan;
        if ((seen.classes & DayFirstTime) != 0) plan.reading.dates = DateOrder::DayFirst;
        else if ((seen.classes & MonthFirstTime) != 0) plan.reading.dates = DateOrder::MonthFirst;
        return plan;
    }

    void noteDates(ColumnState& state, const SeenValues& seen) const {
        state.doubt = datesInDoubt(seen, m_task.dates());
        state.contradiction = datesContradict(seen, m_task.dates());
    }

    int threads() const {
        if (m_task.options.threads > 0) return m_task.options.threads;
        return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    }

    /// One pass over these columns; gives those that have to be read again.
    Result<std::vector<std::size_t>> readOnce(std::vector<std::size_t> selected) {
        for (const auto i : selected) {
            LAMINA_TRY(m_states[i]->sink, m_makeSink(i, m_states[i]->plan.kind));
        }
        LAMINA_TRY(const auto totals, Pass(m_task, m_states, selected).run(threads()));
        if (totals.rows == 0) return fail("csv.no_rows");
        m_totals = totals;
        std::vector<std::size_t> again;
        for (const auto i : selected) {
            auto& state = *m_states[i];
            if (state.plan.asked && !state.fits)
                return fail("csv.too_many_categories", {{"column", m_task.layout.names[i]}, {"limit", std::to_string(csvMostCategories)}});
            const auto next = nextPlan(state, m_task.dates(), m_task.settings.maximumCategories);
            if (next == state.plan) {
                LAMINA_CHECK(state.sink->finish(state.words.words()));
                continue;
            }
            state.sink.reset();
            if (state.plan.kind != ColumnKind::Category && !state.plan.asked) noteDates(state, state.seen);
            state.restart(next);
            again.push_back(i);
        }
        return again;
    }

    CsvColumns result() {
        CsvColumns done;
        done.rows = m_totals.rows;
        if (m_totals.ragged > 0) {
            const auto row = std::to_string(m_task.lineOf(m_totals.firstRagged));
            done.issues.push_back(countedIssue(m_task.settings.ragged == "pad" ? fail("csv.rows_padded", {{"row", row}}) : fail("csv.rows_skipped", {{"row", row}}),
                                               m_totals.ragged));
        }
        if (m_totals.oddQuotes > 0)
            done.issues.push_back(countedIssue(fail("csv.odd_quotes", {{"row", std::to_string(m_task.lineOf(m_totals.firstOddQuote))}}), m_totals.oddQuotes));
        for (std::size_t i = 0; i < m_states.size(); ++i) {
            const auto& state = *m_states[i];
            if (state.unreadable > 0)
                done.issues.push_back(countedIssue(fail("csv.values_became_missing", {{"column", m_task.layout.names[i]},
                                                                                      {"kind", columnKindName(state.plan.kind)},
                                                                                      {"row", std::to_string(m_task.lineOf(state.firstUnreadable))},
                                                                                      {"item", std::to_string(state.firstUnreadableRow)}}),
                                                   state.unreadable));
            noteReading(i, done.issues);
            done.sinks.push_back(std::move(m_states[i]->sink));
            done.readings.push_back(state.plan.reading);
        }
        return done;
    }

    /// What a person should know about how the values of a column were read.
    void noteReading(std::size_t column, std::vector<Issue>& issues) const {
        const auto& state = *m_states[column];
        const auto& name = m_task.layout.names[column];
        const auto& reading = state.plan.reading;
        const bool numbers = state.plan.kind == ColumnKind::Number || state.plan.kind == ColumnKind::Integer;
        if (state.doubt) issues.push_back({Severity::Warning, fail("csv.dates_in_doubt", {{"column", name}}), 1});
        if (state.contradiction) issues.push_back({Severity::Warning, fail("csv.dates_contradict", {{"column", name}}), 1});
        if (numbers && !state.plan.asked && reading.unit >= 0)
            issues.push_back({Severity::Note, fail("csv.unit_read", {{"column", name}, {"unit", std::string(numberUnit(reading.unit))}}), 1});
        else if (numbers && !state.plan.asked && reading.decorated) issues.push_back({Severity::Note, fail("csv.groups_read", {{"column", name}}), 1});
        if (state.plan.asked && state.plan.kind == ColumnKind::Time && reading.dates == DateOrder::Unknown && (state.seen.classes & EitherTime) != 0)
            issues.push_back({Severity::Warning, fail("csv.dates_in_doubt", {{"column", name}}), 1});
    }

    const Task& m_task;
    const CsvSinkMaker& m_makeSink;
    std::vector<std::unique_ptr<ColumnState>> m_states;
    PassTotals m_totals;
};

}  // namespace

Result<CsvColumns> csvRead(const CsvSource& source, const CsvLayout& layout, const CsvSettings& settings, const CsvReadOptions& options,
                           const CsvSinkMaker& makeSink) {
    const Task task{source, layout, settings, options, MissingWords(settings.missing)};
    return Reader(task, makeSink).run();
}

}  // namespace lamina
