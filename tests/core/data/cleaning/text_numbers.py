"""Makes text_numbers.json: what scikit-learn gives for the step "text_numbers" of text_numbers_test.cpp.
Needs scikit-learn:  python3 text_numbers.py > text_numbers.json"""
import json
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

texts = ["Free entry in a weekly comp to win tickets!! Text WIN to 87121", "I'll call you later, ok?", "OK lar... joking with you oni", "Win a FREE prize: call 0800_123 now",
         "Ölçüm günü: naïve café über alles", "", "call  me\tlater\n\nplease please PLEASE", "你好 世界 今天 天气 很 好 世界", "免费 中奖 今天 call now", "x y z 1 22 333", "the the the cat sat",
         "Free free fReE entry", "later now later now", "ΑΒΓ αβγ привет Привет", "e-mail me at someone@example.com", "win_win situation 2nd place"]
training = 13
cases = []
for kind, settings, options in [
        (TfidfVectorizer, {"weights": "tfidf", "least": 1, "most": 20000}, {}),
        (TfidfVectorizer, {"weights": "tfidf", "least": 2, "most": 20000, "longest": 2}, {"min_df": 2, "ngram_range": (1, 2)}),
        (CountVectorizer, {"weights": "count", "least": 2, "most": 20000}, {"min_df": 2}),
        (CountVectorizer, {"weights": "presence", "least": 1, "most": 3}, {"binary": True, "vocabulary": ["call", "free", "later"]}),  # 5, 4, 4 and 4 times
        (TfidfVectorizer, {"weights": "tfidf", "pieces": "characters", "shortest": 2, "longest": 3, "least": 3, "most": 20000},
         {"analyzer": "char", "ngram_range": (2, 3), "min_df": 3})]:
    made = kind(**options).fit(texts[:training])
    dense = made.transform(texts).toarray()
    words = list(made.get_feature_names_out())
    cases.append({"settings": settings, "words": words, "rows": [{w: float(v) for w, v in zip(words, row) if v} for row in dense]})
print(json.dumps({"training": training, "texts": texts, "cases": cases}, ensure_ascii=False, separators=(",", ":")).replace('},{', '},\n{'))
