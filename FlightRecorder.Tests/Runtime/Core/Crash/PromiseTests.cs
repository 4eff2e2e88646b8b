using FlightRecorder.Tests.Core.Crash.Flightlog;
using FlightRecorder.Tests.Core.Crash.Samples;

namespace FlightRecorder.Tests.Core.Crash;

/// <summary>The table of what the crash recorder promises, each row with the tests that try to break it.</summary>
public sealed class PromiseTests
{
    [TestCase("one JSON line an error: ts, kind, name, message, stack, then context, then extra", typeof(RecordTests), nameof(RecordTests.The_members_of_an_error_come_first_then_context_then_extra))]
    [TestCase("extra wins over context", typeof(RecordTests), nameof(RecordTests.Extra_wins_over_context_and_takes_its_place))]
    [TestCase("a clash with an own member gets an underscore", typeof(RecordTests), nameof(RecordTests.A_member_that_is_named_like_one_of_the_error_gets_an_underscore))]
    [TestCase("name is the full type; the stack has the inner exceptions", typeof(RecordTests), nameof(RecordTests.A_stack_is_what_dotnet_prints_with_inner_exceptions_included))]
    [TestCase("Exception.Data is never told", typeof(RecordTests), nameof(RecordTests.What_an_exception_carries_beside_its_message_is_never_told))]
    [TestCase("what is no exception is described", typeof(RecordTests), nameof(RecordTests.What_is_no_exception_is_described))]
    [TestCase("with a stack anchored at the caller", typeof(RecordTests), nameof(RecordTests.What_has_no_stack_gets_the_one_of_the_caller))]
    [TestCase("capture returns at once and never throws", typeof(CaptureQueueTests), nameof(CaptureQueueTests.Who_tells_an_error_does_not_wait_for_a_disk_that_hangs_and_no_more_wait_than_fit))]
    [TestCase("captureSync returns ok and errno", typeof(CaptureQueueTests), nameof(CaptureQueueTests.What_cannot_be_written_is_told_with_its_errno_and_hurts_nobody))]
    [TestCase("uncaught: written synchronously, then exit 1, with a breadcrumb", typeof(ProcessTests), nameof(ProcessTests.An_uncaught_exception_is_one_line_a_pointer_on_standard_error_and_exit_1))]
    [TestCase("or the process stays, by option", typeof(ProcessTests), nameof(ProcessTests.A_process_that_shall_live_on_does_after_an_exception_on_a_thread))]
    [TestCase("unobserved task exceptions are logged", typeof(ProcessTests), nameof(ProcessTests.A_task_that_nobody_observed_is_written_and_the_process_lives_on))]
    [TestCase("fatal only by option", typeof(ProcessTests), nameof(ProcessTests.A_task_that_nobody_observed_ends_the_process_when_asked_for))]
    [TestCase("the breadcrumb shows control characters", typeof(ProcessTests), nameof(ProcessTests.The_pointer_shows_control_characters_and_stays_one_line))]
    [TestCase("or says that the record was dropped", typeof(ProcessTests), nameof(ProcessTests.The_pointer_says_when_the_record_was_dropped))]
    [TestCase("no file: standard error, and no breadcrumb", typeof(ProcessTests), nameof(ProcessTests.Without_a_file_the_record_is_on_standard_error_and_no_pointer))]
    [TestCase("the parent is made; the file is 0600 whatever the umask", typeof(AppendFileTests), nameof(AppendFileTests.File_and_parent_are_the_owners_only_whatever_the_umask))]
    [TestCase("an existing file keeps its mode", typeof(AppendFileTests), nameof(AppendFileTests.An_existing_file_keeps_its_mode_and_its_lines))]
    [TestCase("the boot check throws at install", typeof(ProcessTests), nameof(ProcessTests.A_file_that_cannot_be_written_stops_the_start))]
    [TestCase("without it: one warning, and degraded", typeof(SystemFaultTests), nameof(SystemFaultTests.A_directory_that_takes_no_file_is_named_once_and_the_app_goes_on))]
    [TestCase("rotation to .1, the older one dropped", typeof(AppendFileTests), nameof(AppendFileTests.A_line_that_would_cross_the_limit_begins_a_new_file_and_the_older_one_is_dropped))]
    [TestCase("0 turns it off", typeof(AppendFileTests), nameof(AppendFileTests.Zero_turns_rotation_off))]
    [TestCase("a line is never split, an oversized one is whole in a fresh file", typeof(AppendFileTests), nameof(AppendFileTests.A_line_longer_than_the_limit_is_written_whole_into_a_fresh_file))]
    [TestCase("a failed write is one warning until a success", typeof(SystemFaultTests), nameof(SystemFaultTests.A_full_disk_is_told_once_until_a_line_was_written_and_recovers_by_itself))]
    [TestCase("a broken standard error is no bug", typeof(SystemFaultTests), nameof(SystemFaultTests.A_broken_standard_error_changes_nothing))]
    [TestCase("installing again replaces", typeof(FlightlogTests), nameof(FlightlogTests.Ours_does_what_flightlog_did))]
    [TestCase("several processes may append to one file", typeof(ManyProcessesTests), nameof(ManyProcessesTests.Every_line_of_every_process_is_whole_and_present_across_a_rotation))]
    [TestCase("nothing is harvested: the members are those that were passed", typeof(FlightlogTests), nameof(FlightlogTests.Ours_does_what_flightlog_did))]
    [TestCase("a shipper is apart, needs consent and HTTPS", typeof(CrashShipTests), nameof(CrashShipTests.Nothing_is_read_for_a_destination_that_is_unsafe_or_that_nobody_agreed_to))]
    [TestCase("a reader prints control characters visibly", typeof(CrashReaderTests), nameof(CrashReaderTests.Nothing_in_an_error_steers_the_terminal_or_begins_a_line_of_its_own))]
    [TestCase("planted links, hard links, FIFOs and directories are refused", typeof(AppendFileTests), nameof(AppendFileTests.What_is_no_file_of_its_own_is_refused_without_waiting))]
    [TestCase("a deleted directory is made again", typeof(AppendFileTests), nameof(AppendFileTests.A_directory_that_was_deleted_is_made_again))]
    [TestCase("no descriptor left: degraded, no leak, recovers", typeof(SystemFaultTests), nameof(SystemFaultTests.Without_a_descriptor_left_it_is_told_once_and_recovers_and_none_is_lost))]
    [TestCase("a crash loop starts fast and fills no disk", typeof(ProcessTests), nameof(ProcessTests.A_crash_loop_starts_as_fast_as_ever_and_fills_no_disk))]
    [TestCase("FailFast, a stack overflow and a kill leave what was written", typeof(ProcessTests), nameof(ProcessTests.A_death_that_nobody_hears_of_leaves_what_was_written_before))]
    [TestCase("a crash in a recorded app names the requests in the air", typeof(EchoesInTheAirTests), nameof(EchoesInTheAirTests.The_journal_has_a_line_of_the_crash_with_the_ids_of_what_was_in_the_air))]
    [TestCase("an error says nothing that the recordings around it hide", typeof(EchoesInTheAirTests), nameof(EchoesInTheAirTests.An_error_told_in_a_recording_within_another_says_nothing_that_either_hides))]
    [TestCase("nor what those of another host in the process hide", typeof(EchoesInTheAirTests), nameof(EchoesInTheAirTests.With_several_hosts_in_the_process_nothing_is_said_that_a_recording_of_any_hides))]
    [TestCase("an ordered end waits for what was captured, as long as the disk takes lines", typeof(CaptureQueueTests), nameof(CaptureQueueTests.The_end_waits_for_a_disk_that_is_slow_and_not_for_one_that_hangs))]
    [TestCase("a process that is stopped while it moves the file costs the others one wait", typeof(AppendFileTests), nameof(AppendFileTests.A_lock_that_is_held_for_long_costs_one_wait_and_a_line_only_where_there_is_no_room))]
    public void A_promise_has_a_test(string promise, Type tests, string test)
    {
        object[] found = [.. tests.GetMethod(test)!.GetCustomAttributes(inherit: false).Where(attribute => attribute is NUnit.Framework.Interfaces.ITestBuilder or NUnit.Framework.Interfaces.ISimpleTestBuilder)];

        Assert.That(found, Is.Not.Empty, promise);
    }
}
