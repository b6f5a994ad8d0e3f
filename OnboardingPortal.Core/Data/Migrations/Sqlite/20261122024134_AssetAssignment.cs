using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OnboardingPortal.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AssetAssignment : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "AssignedAt",
                table: "assets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AssignmentFailure",
                table: "assets",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MissingTasks",
                table: "assets",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Way",
                table: "assets",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "NextCheckAt",
                table: "agency_facebook_users",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_agency_facebook_users_NextCheckAt",
                table: "agency_facebook_users",
                column: "NextCheckAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_agency_facebook_users_NextCheckAt",
                table: "agency_facebook_users");

            migrationBuilder.DropColumn(
                name: "AssignedAt",
                table: "assets");

            migrationBuilder.DropColumn(
                name: "AssignmentFailure",
                table: "assets");

            migrationBuilder.DropColumn(
                name: "MissingTasks",
                table: "assets");

            migrationBuilder.DropColumn(
                name: "Way",
                table: "assets");

            migrationBuilder.DropColumn(
                name: "NextCheckAt",
                table: "agency_facebook_users");
        }
    }
}
