namespace AlignOps.Data.Checks;

/// <summary>Why a row was not accepted. The codes are stable: people filter by them and programs may branch on them.</summary>
public static class RowReasons
{
    // The line cannot be read.
    public const string LineTooLong = "line-too-long";
    public const string InvalidUtf8 = "invalid-utf8";
    public const string InvalidUnicode = "invalid-unicode";
    public const string MalformedJson = "malformed-json";
    public const string DuplicateKey = "duplicate-key";
    public const string TooDeep = "too-deep";
    public const string NotAnObject = "not-an-object";
    public const string UnterminatedArray = "unterminated-array";
    public const string MalformedCsv = "malformed-csv";
    public const string ColumnCount = "column-count";
    public const string UnterminatedQuote = "unterminated-quote";

    // The row is not of a known shape.
    public const string UnknownFormat = "unknown-format";
    public const string AmbiguousFormat = "ambiguous-format";
    public const string NotFeedback = "not-feedback";
    public const string MissingField = "missing-field";
    public const string WrongType = "wrong-type";
    public const string UnequalTypes = "unequal-types";
    public const string UnknownKind = "unknown-kind";
    public const string UnknownRole = "unknown-role";
    public const string NoSharedPrompt = "no-shared-prompt";
    public const string SeveralTurns = "several-turns";

    // The row has a known shape and nothing can be learned from it.
    public const string EmptyPrompt = "empty-prompt";
    public const string LastTurnNotUser = "last-turn-not-user";
    public const string NoAnswer = "no-answer";
    public const string MarkedAsSpam = "marked-as-spam";
    public const string ScoresLength = "scores-length";
    public const string ScoreNotFinite = "score-not-finite";
    public const string NoPreference = "no-preference";
    public const string NoCritique = "no-critique";
    public const string CandidateCount = "candidate-count";
    public const string TooManyCandidates = "too-many-candidates";
    public const string TooManyTurns = "too-many-turns";
    public const string TextTooLong = "text-too-long";
    public const string SpanInvalid = "span-invalid";

    // Quarantined: readable and suspicious.
    public const string RoleMarker = "role-marker";
    public const string ControlCharacter = "control-character";
    public const string Contradiction = "contradiction";
    public const string SpreadsheetFormula = "spreadsheet-formula";

    // Duplicates.
    public const string DuplicateInBatch = "duplicate-in-batch";
    public const string DuplicateOfEarlier = "duplicate-of-earlier";
}
