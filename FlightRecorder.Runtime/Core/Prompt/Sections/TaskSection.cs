namespace FlightRecorder.Prompts;

/// <summary>What to do, and within which limits.</summary>
internal static class TaskSection
{
    public static void Write(PromptPage page)
    {
        page.Heading("Tasks");
        page.Words("""
            1. Follow the code from the handler down to the data layer.
            2. Name the exact statement, branch or missing guard that made the state wrong.
            3. Say which kind of bug it is: missing validation, misused transaction, race, stale data, or another.
            4. Give the smallest fix and how behaviour changes with it.
            5. List the tests to add or change.

            """.ReplaceLineEndings("\n"));
        page.Heading("Constraints");
        page.Words("""
            - Rest on code and evidence by file, line and label; do not guess.
            - Where evidence is missing, say what exactly is missing.
            - Take secrets as redacted already; do not ask for them.

            """.ReplaceLineEndings("\n"));
    }
}
